using System.Buffers;
using System.Buffers.Text;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Writes <c>{"type":"input_audio_buffer.append","audio":"…"}</c> straight into a buffer, without allocating.</summary>
public static class AppendEncoder
{
    private static ReadOnlySpan<byte> Head => "{\"type\":\"input_audio_buffer.append\",\"audio\":\""u8;

    private static ReadOnlySpan<byte> Tail => "\"}"u8;

    /// <summary>Bytes of the message for <paramref name="audioBytes"/> bytes of sound (0 or more).</summary>
    public static int MaxLength(int audioBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(audioBytes);
        return checked(Head.Length + Base64.GetMaxEncodedToUtf8Length(audioBytes) + Tail.Length);
    }

    /// <summary>Writes one append event with <paramref name="audioBytes"/> in the session's input format.</summary>
    /// <returns>Bytes written: exactly <see cref="MaxLength"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="MaxLength"/>.</exception>
    public static int Encode(ReadOnlySpan<byte> audioBytes, Span<byte> destination)
    {
        var length = MaxLength(audioBytes.Length);
        if (destination.Length < length)
            throw new ArgumentException("The destination is shorter than MaxLength(audioBytes.Length).", nameof(destination));
        Head.CopyTo(destination);
        var status = Base64.EncodeToUtf8(audioBytes, destination[Head.Length..], out _, out var written);
        System.Diagnostics.Debug.Assert(status == OperationStatus.Done);
        Tail.CopyTo(destination[(Head.Length + written)..]);
        return length;
    }
}
