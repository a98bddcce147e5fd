namespace EdgeVoice.Core.Control;

/// <summary>What the control socket drives.</summary>
/// <remarks>
/// Called from several threads at once. Every call posts an event or reads a snapshot and returns at once; it never waits for sound,
/// network or a person.
/// </remarks>
public interface IControlTarget
{
    /// <summary>The button goes down.</summary>
    void Press();

    /// <summary>The button goes up.</summary>
    void Release();

    /// <summary>The button goes down and up within the time of a tap.</summary>
    void Tap();

    /// <summary>Two taps, a fifth of a second apart.</summary>
    void DoubleTap();

    /// <summary>A turn that is typed in place of spoken.</summary>
    void Say(string text);

    /// <summary>Closes (true) or opens (false) the microphone; returns null, or in one line why it cannot be opened.</summary>
    string? SetMuted(bool muted);

    /// <summary>Sets the volume, 0 to 100.</summary>
    void SetVolume(int percent);

    /// <summary>What the device is doing now.</summary>
    ControlStatus Status();

    /// <summary>What happens from now on.</summary>
    ControlFeed Feed { get; }

    /// <summary>How loud it is now.</summary>
    ControlLevels Levels();

    /// <summary>Reads the configuration again; the only call that may take time, in which it works in the background.</summary>
    Task<ControlReload> ReloadAsync();
}
