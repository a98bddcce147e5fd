namespace EdgeVoice.Core.Audio;

/// <summary>A sound of the device's own, ready to be mixed in.</summary>
/// <param name="Samples">Mono, full scale 1, at the session's output rate.</param>
/// <param name="IsSpoken">True: spoken help, which ends as soon as another sound is ordered; tones are always played out.</param>
public sealed record SoundClip(float[] Samples, bool IsSpoken = false);
