namespace EdgeVoice.Core.Button;

/// <summary>What a person did with the button.</summary>
public enum GestureKind
{
    /// <summary>The first edge of a press, told at once; what it becomes is told later.</summary>
    Down,

    /// <summary>The press was none (shorter than <see cref="ButtonTiming.IgnoreNs"/>): undo everything since <see cref="Down"/>.</summary>
    Glitch,

    /// <summary>Still down after <see cref="ButtonTiming.TapMaxNs"/>: hold to talk. Its time is that of the down edge.</summary>
    HoldStarted,

    /// <summary>The hold was released.</summary>
    HoldEnded,

    /// <summary>The first tap of a row, at its release.</summary>
    Tap,

    /// <summary>The second tap of a row, at its release.</summary>
    DoubleTap,

    /// <summary>Three taps and no fourth within <see cref="ButtonTiming.RowGapNs"/>. Its time is the third release.</summary>
    TripleTap,

    /// <summary>
    /// The press does nothing by itself: the third or a later tap of a row (at its release), or the hold after the fifth (after
    /// <see cref="ButtonTiming.TapMaxNs"/>). Undo everything since <see cref="Down"/>.
    /// </summary>
    Ignored,

    /// <summary>A reset is coming: red fills from now on. Its time is that of the down edge (or the program's start).</summary>
    FactoryResetProgress,

    /// <summary>Held for <see cref="ButtonTiming.ResetNs"/>: reset now.</summary>
    FactoryReset,

    /// <summary>Released between the two: no reset.</summary>
    FactoryResetCancelled,
}

/// <summary>One gesture.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="TimeNs">Monotonic time in nanoseconds of the edge it stems from, not of its recognition.</param>
public readonly record struct Gesture(GestureKind Kind, long TimeNs);
