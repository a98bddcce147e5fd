namespace EdgeVoice.Core.Led;

/// <summary>What the ring shows; the mute pixels are drawn over any of them.</summary>
public enum Look
{
    /// <summary>Off, or one pixel's glow.</summary>
    Idle,

    /// <summary>Fading out.</summary>
    Stopping,

    /// <summary>Red fills: a factory reset is coming.</summary>
    Reset,

    /// <summary>The whole ring in the person's colour.</summary>
    ButtonHeld,

    /// <summary>An arc from the bottom.</summary>
    Volume,

    /// <summary>The whole ring pulses.</summary>
    TimerRinging,

    /// <summary>Red, a fast pulse and a count of blinks.</summary>
    Error,

    /// <summary>One short blink.</summary>
    Interrupted,

    /// <summary>Two comets, slow, clockwise.</summary>
    Woken,

    /// <summary>Two comets, fast, clockwise.</summary>
    Listening,

    /// <summary>Two comets, fast, anticlockwise.</summary>
    Speaking,

    /// <summary>Solid warm white.</summary>
    Booting,

    /// <summary>Twinkle in the person's colour.</summary>
    Connecting,

    /// <summary>Sparse red twinkle.</summary>
    NoConnection,

    /// <summary>The comets stand still; their heads pulse.</summary>
    Thinking,

    /// <summary>An arc of what is left.</summary>
    TimerRunning,
}
