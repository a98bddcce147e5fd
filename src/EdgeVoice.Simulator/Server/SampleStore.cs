namespace EdgeVoice.Simulator.Server;

/// <summary>A growing run of samples with a limit: what does not fit is counted, not kept.</summary>
/// <remarks>Under its owner's lock.</remarks>
internal sealed class SampleStore(int limit)
{
    private short[] _data = [];
    private int _start;

    internal int Count { get; private set; }

    internal long Total { get; private set; }

    internal ReadOnlySpan<short> Span => _data.AsSpan(_start, Count);

    /// <summary>Adds what fits; false when something did not.</summary>
    internal bool Add(ReadOnlySpan<short> samples)
    {
        Total += samples.Length;
        var fit = Math.Min(samples.Length, limit - Count);
        if (_start + Count + fit > _data.Length)
            Grow(Count + fit);
        samples[..fit].CopyTo(_data.AsSpan(_start + Count));
        Count += fit;
        return fit == samples.Length;
    }

    internal void DropFront(int samples)
    {
        var dropped = Math.Clamp(samples, 0, Count);
        _start += dropped;
        Count -= dropped;
    }

    internal short[] Take()
    {
        var all = Span.ToArray();
        Clear();
        return all;
    }

    internal void Clear()
    {
        Count = 0;
        _start = 0;
    }

    private void Grow(int needed)
    {
        var target = needed <= _data.Length / 2 ? _data : new short[Math.Max(4096, needed * 2)];
        _data.AsSpan(_start, Count).CopyTo(target);
        _data = target;
        _start = 0;
    }
}
