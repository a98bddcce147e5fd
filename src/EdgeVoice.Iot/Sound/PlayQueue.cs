using System.Numerics;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Iot.Sound;

/// <summary>
/// Samples on their way to the package's thread. How many it has been given and how often the rest was dropped stand in one word, so
/// that a drop knows exactly where the sound ends.
/// </summary>
/// <remarks>One producer calls <see cref="Write"/> and <see cref="Drop"/>, one consumer <see cref="Take"/>; the rest is for both. Nothing allocates or blocks.</remarks>
internal sealed class PlayQueue(int channels, int roomFrames)
{
    private const int EpochShift = 48;
    private const long GivenMask = (1L << EpochShift) - 1;

    // Twice the room: what has been dropped takes space until the consumer comes by.
    private readonly SpscRingBuffer<short> _ring = new((int)BitOperations.RoundUpToPowerOf2((uint)(2 * roomFrames * channels)));
    private long _written;
    private long _state;
    private long _dropTo;

    /// <summary>Runs between looking at samples and taking them; null (default): nothing. For tests: a drop comes there rarely by itself.</summary>
    internal Action? Looked { get; init; }

    /// <summary>Frames written less those dropped.</summary>
    public long Written => _written;

    /// <summary>Frames the consumer has taken.</summary>
    public long Given => Volatile.Read(ref _state) & GivenMask;

    /// <summary>Counts drops, modulo 65,536.</summary>
    public int Epoch => (int)((ulong)Volatile.Read(ref _state) >> EpochShift);

    /// <summary>Where the next sample is written, counted from the beginning: it moves whenever something was written.</summary>
    public long WritePosition => _ring.WritePosition;

    /// <summary>Frames that wait.</summary>
    public int Waiting => (int)Math.Max(0, (_ring.WritePosition - Math.Max(_ring.ReleasedPosition, Volatile.Read(ref _dropTo))) / channels);

    /// <summary>Producer: frames that can be written now.</summary>
    public int Room => (int)Math.Max(0, Math.Min(roomFrames - (_written - Given), _ring.WritableCount / channels));

    /// <summary>Producer: takes what there is room for; returns the number of frames.</summary>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        var frames = Math.Min(Room, interleaved.Length / channels);
        var samples = interleaved[..(frames * channels)];
        _ring.WritableSpans(out var first, out var second);
        var split = Math.Min(first.Length, samples.Length);
        PcmConvert.ToInt16(samples[..split], first);
        PcmConvert.ToInt16(samples[split..], second);
        _written += frames;
        _ring.Publish(samples.Length);
        return frames;
    }

    /// <summary>Producer: what has not been taken will not be; returns the absolute frame up to which it has.</summary>
    public long Drop()
    {
        // In this order: who sees the new epoch sees how far to skip.
        Volatile.Write(ref _dropTo, _ring.WritePosition);
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (Interlocked.CompareExchange(ref _state, state + (1L << EpochShift), state) != state) continue;
            return _written = state & GivenMask;
        }
    }

    /// <summary>Consumer: takes whole frames, as many as there are and fit; returns the number of samples.</summary>
    public int Take(Span<short> samples)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var from = Math.Max(_ring.ReleasedPosition, Volatile.Read(ref _dropTo));
            var count = _ring.Peek(from, samples);
            count -= count % channels;
            Looked?.Invoke();
            // A drop in between changes the word: then look again.
            if (Interlocked.CompareExchange(ref _state, state + count / channels, state) != state) continue;
            _ring.Release(from + count);
            return count;
        }
    }
}
