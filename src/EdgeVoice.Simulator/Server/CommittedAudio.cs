namespace EdgeVoice.Simulator.Server;

/// <summary>A user item made of received sound.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Turn">Its number on the session, from 1: what a script's <c>number</c> is compared with.</param>
/// <param name="Rate">Samples a second: 24000 or 8000.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal, of the samples as little-endian PCM16 (after decoding where G.711 was received).</param>
/// <param name="AtNs">Monotonic time of the commit, nanoseconds.</param>
public sealed record CommittedAudio(string ItemId, int Turn, int Rate, int Samples, string Sha256, long AtNs);
