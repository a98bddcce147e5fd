using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Realtime.Transport;

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

    /// <summary>Lights, or null.</summary>
    public IPixelRing? Ring { get; init; }

    /// <summary>How connections are opened; null: WebSockets.</summary>
    public IRealtimeConnector? Connector { get; init; }

    /// <summary>True when the microphone can hear the loudspeaker.</summary>
    public bool HearsItself { get; init; }

    /// <summary>Frames a second of the loudspeaker, for the echo reference.</summary>
    public int SinkRate { get; init; } = 24_000;
}
