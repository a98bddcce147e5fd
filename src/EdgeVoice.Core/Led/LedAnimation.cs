namespace EdgeVoice.Core.Led;

/// <summary>
/// Where the comets stand: the one thing the lights remember. It runs on across all looks, so that a change of state never jumps.
/// </summary>
/// <param name="Position">Steps gone clockwise, with a fraction; grows and shrinks without end.</param>
/// <param name="Anticlockwise">The way the comets last went.</param>
/// <param name="Look">The look shown last.</param>
/// <param name="LookSinceNs">When that look began, monotonic nanoseconds.</param>
/// <param name="TimeNs">When this was true, monotonic nanoseconds.</param>
public readonly record struct LedAnimation(double Position, bool Anticlockwise, Look Look, long LookSinceNs, long TimeNs)
{
    // A stalled thread must not make the comets leap: no two frames are more than one step apart.
    private const long LongestStrideNs = LedTiming.FastStepNs;

    /// <summary>The whole step at which the first head stands; any whole number.</summary>
    public long Index => (long)Math.Floor(Position);

    /// <summary>Moves on to <paramref name="nowNs"/>: the look that showed until now has run on, and the scene's look is taken up.</summary>
    public LedAnimation Advance(in LedScene scene, long nowNs)
    {
        var next = Looks.SelectUnderFade(scene, nowNs);
        var stride = Math.Clamp(nowNs - TimeNs, 0, LongestStrideNs);
        var step = Looks.StepNs(Look);
        var nextStep = Looks.StepNs(next);
        return new LedAnimation(
            step == 0 ? Position : Position + stride / (double)step,
            nextStep == 0 ? Anticlockwise : nextStep < 0,
            next,
            next == Look ? LookSinceNs : nowNs,
            nowNs);
    }
}
