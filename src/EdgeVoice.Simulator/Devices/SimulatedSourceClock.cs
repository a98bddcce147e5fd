namespace EdgeVoice.Simulator.Devices;

/// <summary>Absolute frames against monotonic nanoseconds, exact to the nanosecond for centuries.</summary>
/// <param name="ZeroNs">Time of frame 0.</param>
/// <param name="Rate">Frames a second.</param>
internal readonly record struct SimulatedSourceClock(long ZeroNs, int Rate)
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>Time at which frame <paramref name="frame"/> is captured, rounded up: by then it has begun.</summary>
    public long TimeOf(long frame)
    {
        var (seconds, rest) = Math.DivRem(frame, Rate);
        return ZeroNs + seconds * SecondNs + (rest * SecondNs + Rate - 1) / Rate;
    }

    /// <summary>Frames captured completely at <paramref name="timeNs"/>; 0 before the start.</summary>
    public long FramesAt(long timeNs)
    {
        if (timeNs <= ZeroNs) return 0;
        var (seconds, rest) = Math.DivRem(timeNs - ZeroNs, SecondNs);
        return seconds * Rate + rest * Rate / SecondNs;
    }

    /// <summary>The same clock with <paramref name="frame"/> beginning at <paramref name="timeNs"/>.</summary>
    public SimulatedSourceClock Shifted(long frame, long timeNs) => this with { ZeroNs = ZeroNs + timeNs - TimeOf(frame) };
}
