namespace EdgeVoice.Core.Configuration;

/// <summary>What a changed value takes to be in force.</summary>
public enum OptionEffect
{
    /// <summary>As the group that the option stands in.</summary>
    Inherited,

    /// <summary>Nothing: it counts from the moment it is read.</summary>
    Live,

    /// <summary>The next turn: the server is told between two of them.</summary>
    NextTurn,

    /// <summary>Another session with the server, opened before the one in use is left.</summary>
    Session,

    /// <summary>The microphone opened anew.</summary>
    Capture,

    /// <summary>The loudspeaker opened anew.</summary>
    Playback,

    /// <summary>The button, and the switch for the microphone, opened anew.</summary>
    Button,

    /// <summary>The lights opened anew.</summary>
    Lights,

    /// <summary>The whole device put together anew, between two turns; the program runs on.</summary>
    Device,

    /// <summary>A restart of the service.</summary>
    Service,
}
