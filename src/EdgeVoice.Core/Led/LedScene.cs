namespace EdgeVoice.Core.Led;

/// <summary>What the turn looks like.</summary>
public enum TurnLook
{
    /// <summary>Nothing is going on.</summary>
    Idle,

    /// <summary>Waiting for speech.</summary>
    Woken,

    /// <summary>Speech is heard.</summary>
    Listening,

    /// <summary>Committing or waiting for an answer.</summary>
    Thinking,

    /// <summary>The answer sounds.</summary>
    Speaking,
}

/// <summary>What the link looks like.</summary>
public enum LinkLook
{
    /// <summary>The program starts; no network yet.</summary>
    Booting,

    /// <summary>The network is up; connecting.</summary>
    Connecting,

    /// <summary>A session is ready.</summary>
    Connected,

    /// <summary>Connecting failed, or was given up for a cause.</summary>
    NoConnection,
}

/// <summary>
/// All that the lights show, at one moment. Times are monotonic nanoseconds; what passes by itself (error, volume, interruption) needs
/// no clearing: its time says when it is over.
/// </summary>
public readonly record struct LedScene
{
    /// <summary>Since when the program is stopping; null while it is not.</summary>
    public long? StoppingSinceNs { get; init; }

    /// <summary>How near a factory reset is, 0 to 1; null for none.</summary>
    public float? ResetFraction { get; init; }

    /// <summary>The button is down and what it means is not known yet.</summary>
    public bool ButtonHeld { get; init; }

    /// <summary>Loudness 0 to 1, shown after a change.</summary>
    public float VolumeFraction { get; init; }

    /// <summary>When the volume last changed; null for never.</summary>
    public long? VolumeChangedNs { get; init; }

    /// <summary>A timer rings.</summary>
    public bool TimerRinging { get; init; }

    /// <summary>What is left of the running timer, 0 to 1; null for none.</summary>
    public float? TimerFraction { get; init; }

    /// <summary>When the error was told (again); null for never.</summary>
    public long? ErrorSinceNs { get; init; }

    /// <summary>The count of blinks that names the error's cause, 0 to <see cref="LedTiming.MaxErrorBlinks"/>.</summary>
    public int ErrorBlinks { get; init; }

    /// <summary>When the answer was last interrupted; null for never.</summary>
    public long? InterruptedSinceNs { get; init; }

    /// <summary>The turn.</summary>
    public TurnLook Turn { get; init; }

    /// <summary>The link.</summary>
    public LinkLook Link { get; init; }

    /// <summary>The microphone is closed (the fact, not the intention).</summary>
    public bool Muted { get; init; }

    /// <summary>When the button was last pressed while muted: the red pixels flash; null for never.</summary>
    public long? MutedPressNs { get; init; }

    /// <summary>Loudness of what is heard, 0 to 1.</summary>
    public float Level { get; init; }

    /// <summary>Colour, brightness and limits; null for <see cref="LedStyle.Default"/>.</summary>
    public LedStyle? Style { get; init; }
}
