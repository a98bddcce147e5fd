namespace EdgeVoice.Benchmarks;

/// <summary>Follows <see cref="SoakSignal"/> in a recording: what is missing, what came twice, what is wrong.</summary>
/// <param name="reach">Samples around the expected place in which the signal is looked for after a fault.</param>
internal sealed class SoakJudge(int reach)
{
    private const int Certain = 32;
    private readonly short[] _last = new short[Certain];
    private long _next, _first, _heard, _sinceBreak;
    private int _kept;

    /// <summary>The signal is followed now.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Samples recorded since the signal was first found.</summary>
    public long Heard => _heard;

    /// <summary>Samples of the signal that are missing.</summary>
    public long Lost { get; private set; }

    /// <summary>Samples that came twice, or silence that was put in.</summary>
    public long Repeated { get; private set; }

    /// <summary>Times the signal was broken off.</summary>
    public int Breaks { get; private set; }

    /// <summary>How much higher than played the recording sounds over its whole length, in parts per million.</summary>
    public double PitchPpm => _heard == 0 ? 0 : 1e6 * (_next - _first - (_heard - _sinceBreak)) / _heard;

    /// <summary>Takes what was recorded next.</summary>
    public void Add(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            if (IsLocked && sample == SoakSignal.At(_next)) _next++;
            else Miss(sample);
            if (Breaks > 0 || IsLocked) _heard++;
        }
    }

    private void Miss(short sample)
    {
        if (IsLocked)
        {
            (IsLocked, _kept, _sinceBreak) = (false, 0, 0);
            Breaks++;
        }

        _sinceBreak++;
        // Before its first sound a recording is silent.
        if (Breaks == 0 && sample == 0) _kept = 0;
        else _last[_kept++] = sample;
        if (_kept < Certain) return;
        if (Find() is { } place) Lock(place + Certain);
        _kept = 0;
    }

    private void Lock(long next)
    {
        if (Breaks == 0) (_first, _heard) = (next - Certain, Certain - 1);
        else if (next - _next - _sinceBreak is var skipped && skipped > 0) Lost += skipped;
        else Repeated -= skipped;
        (IsLocked, _next, _sinceBreak) = (true, next, 0);
    }

    private long? Find()
    {
        var from = Math.Max(0, _next - reach);
        for (var place = from; place < _next + reach; place++)
        {
            var i = 0;
            while (i < Certain && _last[i] == SoakSignal.At(place + i)) i++;
            if (i == Certain) return place;
        }

        return null;
    }
}
