namespace EdgeVoice.Core.Led;

/// <summary>The numbers of the looks, in nanoseconds. Source: the product's table of looks, unless said otherwise.</summary>
public static class LedTiming
{
    private const long Ms = 1_000_000;

    /// <summary>A slow comet's step (100 ms).</summary>
    public const long SlowStepNs = 100 * Ms;

    /// <summary>A fast comet's step (50 ms).</summary>
    public const long FastStepNs = 50 * Ms;

    /// <summary>One pulse of the heads while thinking (200 ms).</summary>
    public const long ThinkingPulseNs = 200 * Ms;

    /// <summary>The blink of an interruption (120 ms): dark, then lit.</summary>
    public const long InterruptedNs = 120 * Ms;

    /// <summary>The error's fast pulse (1 s).</summary>
    public const long ErrorPulseNs = 1_000 * Ms;

    /// <summary>One cycle of the error's pulse (200 ms). Source: our choice.</summary>
    public const long ErrorCycleNs = 200 * Ms;

    /// <summary>Darkness between the pulse and the count (400 ms). Source: our choice.</summary>
    public const long ErrorGapNs = 400 * Ms;

    /// <summary>One blink of the count, half of it dark (500 ms). Source: our choice, slow enough to be counted.</summary>
    public const long ErrorBlinkNs = 500 * Ms;

    /// <summary>Most blinks of a count (20).</summary>
    public const int MaxErrorBlinks = 20;

    /// <summary>The volume hides this long after its last change (1 s).</summary>
    public const long VolumeNs = 1_000 * Ms;

    /// <summary>The fade when the program stops (300 ms).</summary>
    public const long FadeNs = 300 * Ms;

    /// <summary>One pulse of a ringing timer (1 s). Source: our choice.</summary>
    public const long RingingPulseNs = 1_000 * Ms;

    /// <summary>One spark of the twinkle, dark to dark (900 ms). Source: our choice.</summary>
    public const long TwinkleNs = 900 * Ms;

    /// <summary>The red pixels' flash at a press while muted (600 ms, three times). Source: our choice.</summary>
    public const long MuteFlashNs = 600 * Ms;

    /// <summary>Shortest time between two frames (20 ms, 50 frames a second).</summary>
    public const long FrameNs = 20 * Ms;

    /// <summary>How often a look that does not move is looked at again (1 s).</summary>
    public const long StaticNs = 1_000 * Ms;

    /// <summary>How long an error with this count is shown.</summary>
    public static long ErrorNs(int blinks) => ErrorPulseNs + (blinks > 0 ? ErrorGapNs + BlinksShown(blinks) * ErrorBlinkNs : 0);

    private static int BlinksShown(int blinks) => Math.Min(blinks, MaxErrorBlinks);
}
