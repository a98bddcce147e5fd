namespace EdgeVoice.Core.Led;

/// <summary>
/// The form and motion of each look: how bright (0 to 1) pixel number i of n is. Pixel 0 is at the top, the next ones follow clockwise.
/// </summary>
public static class LookShapes
{
    private const float ArcStart = 0.15f; // An empty arc still shows where it begins.
    private const float Glow = 0.3f;
    private const float PulseFloor = 0.2f;
    private const float HeadFloor = 0.35f;
    private const float QuietLevel = 0.45f;
    private const float Booting = 0.5f / 0.66f; // 50 % where the default is 66 %.
    private const int LonelyRing = 6; // One pixel sees a comet pass on a ring of six: three steps lit, three dark.

    /// <summary>Brightness of one pixel.</summary>
    public static float Intensity(Look look, in LedScene scene, in LedAnimation animation, long nowNs, int i, int n) => look switch
    {
        Look.Reset => Arc(Unit(scene.ResetFraction ?? 0), FromBottom(i, n), n),
        Look.ButtonHeld => 1,
        Look.Volume => Arc(Unit(scene.VolumeFraction), FromBottom(i, n), n),
        Look.TimerRinging => Pulse(nowNs - animation.LookSinceNs, LedTiming.RingingPulseNs, PulseFloor),
        Look.Error => Error(nowNs - scene.ErrorSinceNs ?? 0),
        Look.Interrupted => nowNs - scene.InterruptedSinceNs < LedTiming.InterruptedNs / 2 ? 0 : 1,
        Look.Woken or Look.Speaking => Comet(animation, i, n),
        Look.Listening => Comet(animation, i, n) * (QuietLevel + (1 - QuietLevel) * Unit(scene.Level)),
        Look.Thinking => Thinking(animation, nowNs, i, n),
        Look.Booting => Booting,
        Look.Connecting => Twinkle(nowNs, i, n, 3),
        Look.NoConnection => Twinkle(nowNs, i, n, 8),
        Look.TimerRunning => Arc(Unit(scene.TimerFraction ?? 0), i, n),
        Look.Idle => scene.Style is { IdleGlow: true } && FromBottom(i, n) == 0 ? Glow : 0,
        _ => 0,
    };

    /// <summary>A number held within 0 and 1; what is no number counts as 0.</summary>
    internal static float Unit(float value) => value >= 0 ? Math.Min(value, 1) : 0;

    private static int FromBottom(int i, int n) => (i - n / 2 + n) % n;

    private static float Arc(float fraction, int place, int n)
    {
        var lit = Math.Clamp(fraction * n - place, 0, 1);
        return place == 0 ? Math.Max(lit, ArcStart) : lit;
    }

    private static float Pulse(long sinceNs, long cycleNs, float floor)
    {
        var phase = sinceNs % cycleNs / (float)cycleNs;
        return floor + (1 - floor) * (0.5f + 0.5f * MathF.Cos(phase * MathF.Tau));
    }

    private static float Error(long sinceNs)
    {
        if (sinceNs < LedTiming.ErrorPulseNs) return Pulse(sinceNs, LedTiming.ErrorCycleNs, PulseFloor);
        var counting = sinceNs - LedTiming.ErrorPulseNs - LedTiming.ErrorGapNs;
        return counting >= 0 && counting % LedTiming.ErrorBlinkNs < LedTiming.ErrorBlinkNs / 2 ? 1 : 0;
    }

    private static float Thinking(in LedAnimation animation, long nowNs, int i, int n)
    {
        var pulse = Pulse(nowNs - animation.LookSinceNs, LedTiming.ThinkingPulseNs, HeadFloor);
        if (n == 1) return pulse;
        var comet = Comet(animation, i, n);
        return comet >= 1 ? pulse : comet;
    }

    /// <summary>Two opposite comets of three pixels; on fewer than six pixels one, with a dark pixel left.</summary>
    private static float Comet(in LedAnimation animation, int i, int n)
    {
        var ring = n == 1 ? LonelyRing : n;
        var tail = Math.Min(3, ring - 1);
        var behind = Behind(animation, i, ring);
        if (n >= 6) behind = Math.Min(behind, Behind(animation, i + n - n / 2, ring));
        return behind < tail ? 1 - 0.25f * behind : 0;
    }

    private static int Behind(in LedAnimation animation, int i, int ring)
    {
        var ahead = (int)((i - animation.Index) % ring);
        if (!animation.Anticlockwise) ahead = -ahead;
        return (ahead % ring + ring) % ring;
    }

    /// <summary>
    /// Every pixel has its own beat; in each beat it sparks or stays dark. One in <paramref name="sparse"/> sparks by chance, and
    /// one by turn, so that few pixels are not dark for long.
    /// </summary>
    private static float Twinkle(long nowNs, int i, int n, int sparse)
    {
        var shifted = nowNs + Hash(i, 0) % LedTiming.TwinkleNs;
        var beat = (int)(shifted / LedTiming.TwinkleNs & int.MaxValue);
        if (Hash(i, beat) % sparse != 0 && beat % n != i) return 0;
        return 1 - Pulse(shifted, LedTiming.TwinkleNs, 0);
    }

    private static uint Hash(int a, int b)
    {
        var h = (uint)a * 0x9E3779B1u + (uint)b * 0x85EBCA77u;
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return h ^ (h >> 15);
    }
}
