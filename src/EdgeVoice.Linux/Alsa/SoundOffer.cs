namespace EdgeVoice.Linux.Alsa;

/// <summary>What a sound device offers without any conversion by ALSA.</summary>
/// <param name="Channels">Samples a frame it can be opened with, 1 to 8; empty when it could not be opened.</param>
/// <param name="Rates">The usual rates among those it has, in frames a second; empty when it could not be opened.</param>
/// <param name="StopMethod">How sound is ended at once: <c>rewind</c> or <c>drop</c>; null for a microphone.</param>
/// <param name="Problem">Why it could not be opened, and what to do, in one line, or null.</param>
public sealed record SoundOffer(IReadOnlyList<int> Channels, IReadOnlyList<int> Rates, string? StopMethod, string? Problem);
