namespace EdgeVoice.Core.Button;

/// <summary>The times that make a gesture, in nanoseconds. Source: the product's description of the button, unless said otherwise.</summary>
public static class ButtonTiming
{
    private const long Ms = 1_000_000;

    /// <summary>After an edge the line is ignored for this long, then its level is read again (30 ms).</summary>
    public const long IgnoreNs = 30 * Ms;

    /// <summary>
    /// A line read as up must have been quiet for this long, or it is read once more (5 ms). Source: our choice; contacts that still
    /// chatter after 30 ms do so at least every few milliseconds.
    /// </summary>
    public const long SettleNs = 5 * Ms;

    /// <summary>A chattering line is not waited for any longer than this after the edge (60 ms). Source: our choice.</summary>
    public const long SettleLimitNs = 2 * IgnoreNs;

    /// <summary>Released before this is a tap, later a hold (350 ms).</summary>
    public const long TapMaxNs = 350 * Ms;

    /// <summary>Taps less than this apart, release to press, are one row (250 ms).</summary>
    public const long RowGapNs = 250 * Ms;

    /// <summary>While held, the level is read this often, since an edge can be lost (1 s). Source: our choice.</summary>
    public const long HeldCheckNs = 1_000 * Ms;

    /// <summary>From here the lights fill with red (3 s).</summary>
    public const long ResetShownNs = 3_000 * Ms;

    /// <summary>Held this long resets the device (15 s).</summary>
    public const long ResetNs = 15_000 * Ms;

    /// <summary>Taps of a row before a hold that resets (5).</summary>
    public const int ResetTaps = 5;

    /// <summary>How much of the red is filled (0 to 1) when the button has been held for <paramref name="heldNs"/>.</summary>
    public static float ResetFraction(long heldNs) =>
        Math.Clamp((heldNs - ResetShownNs) / (float)(ResetNs - ResetShownNs), 0f, 1f);
}
