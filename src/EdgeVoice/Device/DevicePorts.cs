using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Core.Tools;

namespace EdgeVoice.Device;

/// <summary>Everything outside the program that a device is made of.</summary>
internal sealed record DevicePorts
{
    /// <summary>Opens the microphone.</summary>
    public required Func<IAudioSource> OpenSource { get; init; }

    /// <summary>Opens the loudspeaker.</summary>
    public required Func<IAudioSink> OpenSink { get; init; }

    /// <summary>Where to connect; asked anew before each attempt, so that a changed credential is taken.</summary>
    public required Func<TransportEndpoint> Endpoint { get; init; }

    /// <summary>Buttons; the control socket's is one of them.</summary>
    public IReadOnlyList<IButtonPin> Buttons { get; init; } = [];

    /// <summary>The switch for the microphone, down while it is on; null: there is none.</summary>
    public IButtonPin? MuteSwitch { get; init; }

    /// <summary>Lights, or null.</summary>
    public IPixelRing? Ring { get; init; }

    /// <summary>How connections are opened; null: WebSockets.</summary>
    public IRealtimeConnector? Connector { get; init; }

    /// <summary>What the model may have this device do besides what the configuration names.</summary>
    public IReadOnlyList<IDeviceTool> Tools { get; init; } = [];

    /// <summary>Chance, for the pauses between attempts to connect; default unseeded.</summary>
    public Random Random { get; init; } = new();

    /// <summary>True when the microphone can hear the loudspeaker.</summary>
    public bool HearsItself { get; init; }

    /// <summary>True when the microphone is a card's and no file's: its offset is filtered out unless configured otherwise.</summary>
    public bool IsRealMicrophone { get; init; }

    /// <summary>Folder for what outlives a restart; null: there is none.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The device's own sounds; null: none, and what is heard is what was sent.</summary>
    public SoundBank? Sounds { get; init; }

    /// <summary>
    /// Makes the calling thread a real-time one; returns null when granted, else the one line why not. Null: threads stay as they are.
    /// </summary>
    public Func<string?>? RaiseThread { get; init; }
}
