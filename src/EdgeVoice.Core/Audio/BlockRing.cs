using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Audio;

/// <summary>
/// What stands before each block of samples in a <see cref="BlockRing"/>: where it belongs on the card and when.
/// </summary>
/// <param name="Frame">Absolute card frame of the block's first sample.</param>
/// <param name="TimeNs">Monotonic time of the first sample at the card, in nanoseconds.</param>
/// <param name="Count">Samples in the block.</param>
/// <param name="Flags">Meaning is the queue's own; 0 by default.</param>
public readonly record struct BlockHeader(long Frame, long TimeNs, int Count, int Flags);

/// <summary>
/// Lock-free single-producer single-consumer queue of blocks of mono 16-bit samples, each with its header in-band, so that
/// samples and their place arrive together.
/// </summary>
/// <remarks>One producer thread, one consumer thread; allocation-free after construction.</remarks>
public sealed class BlockRing(int capacitySamples)
{
    private static readonly int HeaderSamples = Unsafe.SizeOf<BlockHeader>() / sizeof(short);
    private readonly SpscRingBuffer<short> _ring = new(capacitySamples);

    /// <summary>Producer: writes a whole block, or nothing and returns false when it does not fit.</summary>
    public bool TryWrite(long frame, long timeNs, ReadOnlySpan<short> samples, int flags = 0)
    {
        if (_ring.WritableCount < HeaderSamples + samples.Length) return false;
        var header = new BlockHeader(frame, timeNs, samples.Length, flags);
        _ring.WritableSpans(out var first, out var second);
        Put(MemoryMarshal.Cast<BlockHeader, short>(MemoryMarshal.CreateReadOnlySpan(in header, 1)), first, second, 0);
        Put(samples, first, second, HeaderSamples);
        _ring.Publish(HeaderSamples + samples.Length);
        return true;
    }

    /// <summary>
    /// Consumer: the next block. <paramref name="samples"/> must hold the largest block ever written; its first
    /// <c>Count</c> samples are filled. False when empty.
    /// </summary>
    public bool TryRead(out BlockHeader header, Span<short> samples)
    {
        Unsafe.SkipInit(out header);
        var at = _ring.ReleasedPosition;
        var raw = MemoryMarshal.Cast<BlockHeader, short>(MemoryMarshal.CreateSpan(ref header, 1));
        if (_ring.Peek(at, raw) < HeaderSamples)
        {
            header = default;
            return false;
        }

        _ring.Peek(at + HeaderSamples, samples[..header.Count]);
        _ring.Release(at + HeaderSamples + header.Count);
        return true;
    }

    /// <summary>Producer: zeroes what the consumer has already read, so that nothing said stays in memory after a mute.</summary>
    public void WipeFree()
    {
        _ring.WritableSpans(out var first, out var second);
        first.Clear();
        second.Clear();
    }

    private static void Put(ReadOnlySpan<short> source, Span<short> first, Span<short> second, int offset)
    {
        var inFirst = Math.Clamp(first.Length - offset, 0, source.Length);
        if (inFirst > 0) source[..inFirst].CopyTo(first[offset..]);
        if (inFirst < source.Length) source[inFirst..].CopyTo(second[Math.Max(0, offset - first.Length)..]);
    }
}
