namespace EdgeVoice.Simulator.Server;

/// <summary>One content part of sound as it was really sent, up to the cut where it was cut.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="ContentIndex">The content part, from 0.</param>
/// <param name="Rate">Samples a second: 24000 or 8000.</param>
/// <param name="Samples">Whole samples sent.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal, of those samples as little-endian PCM16, after decoding where G.711 was sent.</param>
/// <param name="Transcript">The transcript sent with it.</param>
/// <param name="StartedAtNs">Monotonic time of the first delta, nanoseconds.</param>
/// <param name="FinishedAtNs">Monotonic time of its end, nanoseconds.</param>
/// <param name="Whole">Whether all of it was sent (false: cancelled, or the connection ended).</param>
/// <param name="Pcm">The samples themselves; empty once a session has sent more than 64 MiB.</param>
public sealed record SentAudio(
    string ResponseId, string ItemId, int ContentIndex, int Rate, long Samples, string Sha256, string Transcript,
    long StartedAtNs, long FinishedAtNs, bool Whole, ReadOnlyMemory<short> Pcm);
