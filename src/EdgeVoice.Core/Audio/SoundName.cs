namespace EdgeVoice.Core.Audio;

/// <summary>The device's own sounds.</summary>
public enum SoundName
{
    /// <summary>A turn is open: speak.</summary>
    Woken,

    /// <summary>The turn is on its way, or nobody listens any more.</summary>
    DoneListening,

    /// <summary>The turn was empty; nothing was sent.</summary>
    NothingHeard,

    /// <summary>The microphone is closed.</summary>
    MuteOn,

    /// <summary>The microphone is open again.</summary>
    MuteOff,

    /// <summary>Something is wrong; spoken help may follow.</summary>
    Error,

    /// <summary>A timer rings.</summary>
    Timer,

    /// <summary>The device is ready.</summary>
    StartUp,
}
