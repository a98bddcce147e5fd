namespace EdgeVoice.Core.Uplink;

/// <summary>The last samples of a stream, addressed by their absolute position; the oldest make room for the newest.</summary>
/// <remarks>One thread.</remarks>
internal sealed class SampleHistory(int capacity)
{
    private readonly short[] _samples = new short[capacity];

    /// <summary>Position behind the newest sample.</summary>
    public long End { get; private set; }

    /// <summary>Position of the oldest sample still held.</summary>
    public long Start { get; private set; }

    public void Append(ReadOnlySpan<short> samples)
    {
        if (samples.Length > capacity)
        {
            End += samples.Length - capacity;
            samples = samples[^capacity..];
        }

        var at = (int)(End % capacity);
        var first = Math.Min(samples.Length, capacity - at);
        samples[..first].CopyTo(_samples.AsSpan(at));
        samples[first..].CopyTo(_samples);
        End += samples.Length;
        Start = Math.Max(Start, End - capacity);
    }

    /// <summary>Copies from <paramref name="position"/> on; returns how many samples there were.</summary>
    public int CopyTo(long position, Span<short> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Start);
        var count = (int)Math.Min(destination.Length, End - position);
        if (count <= 0) return 0;
        var at = (int)(position % capacity);
        var first = Math.Min(count, capacity - at);
        _samples.AsSpan(at, first).CopyTo(destination);
        _samples.AsSpan(0, count - first).CopyTo(destination[first..]);
        return count;
    }

    /// <summary>Forgets everything: the samples themselves are overwritten.</summary>
    public void Zero()
    {
        Array.Clear(_samples);
        Start = End;
    }
}
