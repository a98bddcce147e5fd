using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Downlink;

/// <content>From base64 to samples in the ring buffer.</content>
public sealed partial class AudioDownlink
{
    private const int PieceChars = 2048;
    private const int PieceBytes = PieceChars / 4 * 3;

    // Works on bytes: a delta may end in the middle of a sample, whose first byte then waits for the item's next delta.
    private void WritePcm(Tracked item, ReadOnlySpan<byte> base64)
    {
        samples.WritableSpans(out var first, out var second);
        var a = MemoryMarshal.AsBytes(first);
        var b = MemoryMarshal.AsBytes(second);
        if (a.Length == 0)
        {
            CountOnly(item, base64);
            return;
        }

        var carried = item.Carry ? 1 : 0;
        if (item.Carry) a[0] = item.CarryByte;
        var bytes = carried + Decode(base64, a[carried..], b, out var lost, out var bad);
        // After broken text the next delta begins with a sample again: half a sample kept would turn all that follows into noise.
        item.Carry = !bad && ((bytes + lost) & 1) == 1;
        if (item.Carry && lost == 0) item.CarryByte = bytes <= a.Length ? a[bytes - 1] : b[bytes - 1 - a.Length];
        if (bad) Interlocked.Increment(ref _badBase64);
        samples.Publish(bytes / 2);
        Finish(item, (bytes + lost) / 2, bytes / 2, lost > 0);
    }

    private void WriteG711(Tracked item, ReadOnlySpan<byte> base64)
    {
        Span<byte> codes = stackalloc byte[PieceBytes];
        Span<short> decoded = stackalloc short[PieceBytes];
        var kept = 0;
        var total = 0;
        while (base64.Length > 0 && kept == total)
        {
            var piece = base64[..Math.Min(base64.Length, PieceChars)];
            var status = Base64.DecodeFromUtf8(piece, codes, out _, out var count);
            base64 = base64[piece.Length..];
            if (coding == AudioCoding.MuLaw) G711.DecodeMuLaw(codes[..count], decoded);
            else G711.DecodeALaw(codes[..count], decoded);
            total += count;
            kept += samples.Write(decoded[..count]);
            if (status == OperationStatus.Done) continue;
            Interlocked.Increment(ref _badBase64);
            break;
        }

        var cut = kept < total;
        Finish(item, cut ? total + DecodedLength(base64) : total, kept, cut);
    }

    private void CountOnly(Tracked item, ReadOnlySpan<byte> base64)
    {
        var units = DecodedLength(base64) + (item.Carry ? 1 : 0);
        if (coding == AudioCoding.Pcm16) item.Carry = (units & 1) == 1;
        Finish(item, units / BytesPerSample, 0, cut: true);
    }

    private void Finish(Tracked item, int received, int kept, bool cut)
    {
        item.Item.Count(received, kept);
        item.Cut |= cut;
        if (received > kept) Interlocked.Add(ref _droppedSamples, received - kept);
        if (kept > 0) wakePlayback();
    }

    // Decodes into the free space across the wrap; returns bytes placed, and counts bytes without room.
    private static int Decode(ReadOnlySpan<byte> base64, Span<byte> a, Span<byte> b, out int lost, out bool bad)
    {
        lost = 0;
        var status = Base64.DecodeFromUtf8(base64, a, out var read, out var written);
        bad = status is not (OperationStatus.Done or OperationStatus.DestinationTooSmall);
        return status == OperationStatus.DestinationTooSmall
            ? written + Spill(base64[read..], a[written..], b, out lost, out bad)
            : written;
    }

    // The four characters that straddle the wrap go through three bytes of stack.
    private static int Spill(ReadOnlySpan<byte> base64, Span<byte> a, Span<byte> b, out int lost, out bool bad)
    {
        Span<byte> three = stackalloc byte[3];
        lost = 0;
        var status = Base64.DecodeFromUtf8(base64[..Math.Min(4, base64.Length)], three, out _, out var count);
        bad = status != OperationStatus.Done;
        if (bad) return 0;
        if (count > a.Length + b.Length)
        {
            lost = DecodedLength(base64);
            return 0;
        }

        var inA = Math.Min(count, a.Length);
        three[..inA].CopyTo(a);
        three[inA..count].CopyTo(b);
        status = Base64.DecodeFromUtf8(base64[4..], b[(count - inA)..], out var read, out var written);
        bad = status is not (OperationStatus.Done or OperationStatus.DestinationTooSmall);
        if (status == OperationStatus.DestinationTooSmall) lost = DecodedLength(base64[(4 + read)..]);
        return count + written;
    }

    private static int DecodedLength(ReadOnlySpan<byte> base64)
    {
        var bytes = base64.Length / 4 * 3;
        if (base64.EndsWith("=="u8)) return bytes - 2;
        return base64.EndsWith("="u8) ? bytes - 1 : bytes;
    }
}
