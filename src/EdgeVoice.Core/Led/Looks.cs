namespace EdgeVoice.Core.Led;

/// <summary>Which look a scene has, and how each look moves.</summary>
public static class Looks
{
    // High to low; the first that applies is shown, and idle when none does.
    private static readonly (Look Look, When Applies)[] Priority =
    [
        (Look.Stopping, static (in s, _) => s.StoppingSinceNs is not null),
        (Look.Reset, static (in s, _) => s.ResetFraction is not null),
        (Look.ButtonHeld, static (in s, _) => s.ButtonHeld),
        (Look.Volume, static (in s, now) => Lasts(s.VolumeChangedNs, LedTiming.VolumeNs, now)),
        (Look.TimerRinging, static (in s, _) => s.TimerRinging),
        (Look.Error, static (in s, now) => Lasts(s.ErrorSinceNs, LedTiming.ErrorNs(s.ErrorBlinks), now)),
        (Look.Interrupted, static (in s, now) => Lasts(s.InterruptedSinceNs, LedTiming.InterruptedNs, now)),
        (Look.Woken, static (in s, _) => s.Turn == TurnLook.Woken),
        (Look.Listening, static (in s, _) => s.Turn == TurnLook.Listening),
        (Look.Speaking, static (in s, _) => s.Turn == TurnLook.Speaking),
        (Look.Booting, static (in s, _) => s.Link == LinkLook.Booting),
        (Look.Connecting, static (in s, _) => s.Link == LinkLook.Connecting),
        (Look.NoConnection, static (in s, _) => s.Link == LinkLook.NoConnection),
        (Look.Thinking, static (in s, _) => s.Turn == TurnLook.Thinking),
        (Look.TimerRunning, static (in s, _) => s.TimerFraction is not null),
    ];

    private delegate bool When(in LedScene scene, long nowNs);

    /// <summary>The look of a scene at a monotonic time in nanoseconds.</summary>
    public static Look Select(in LedScene scene, long nowNs)
    {
        foreach (ref readonly var row in Priority.AsSpan())
            if (row.Applies(scene, nowNs)) return row.Look;
        return Look.Idle;
    }

    /// <summary>What would show were the program not stopping.</summary>
    public static Look SelectUnderFade(in LedScene scene, long nowNs) => Select(scene with { StoppingSinceNs = null }, nowNs);

    /// <summary>Time of one step of the comets in nanoseconds, negative for anticlockwise; 0 when the index stands still.</summary>
    public static long StepNs(Look look) => look switch
    {
        Look.Woken => LedTiming.SlowStepNs,
        Look.Listening => LedTiming.FastStepNs,
        Look.Speaking => -LedTiming.FastStepNs,
        _ => 0,
    };

    /// <summary>How long a picture may stand before the next is due, in nanoseconds.</summary>
    public static long FrameNs(in LedScene scene, long nowNs) => Select(scene, nowNs) switch
    {
        _ when scene.Muted && Lasts(scene.MutedPressNs, LedTiming.MuteFlashNs, nowNs) => LedTiming.FrameNs,
        Look.Volume => Math.Max(LedTiming.FrameNs, scene.VolumeChangedNs!.Value + LedTiming.VolumeNs - nowNs),
        Look.Booting or Look.TimerRunning or Look.Idle => LedTiming.StaticNs,
        _ => LedTiming.FrameNs,
    };

    private static bool Lasts(long? sinceNs, long durationNs, long nowNs) => sinceNs is { } since && nowNs - since < durationNs;
}
