namespace EdgeVoice.Core.Configuration;

/// <summary>Everything one device can be told; every value has a default, so an empty configuration is a whole one but for its credential.</summary>
/// <remarks>Immutable: any thread may read it. A change of the configuration is a new object.</remarks>
public sealed record EdgeVoiceOptions
{
    /// <summary>How a person and the device take turns.</summary>
    public ConversationOptions Conversation { get; init; } = new();

    /// <summary>The server and what is asked of it.</summary>
    public RealtimeOptions Realtime { get; init; } = new();

    /// <summary>Microphone, loudspeaker and what is done against echo.</summary>
    public AudioOptions Audio { get; init; } = new();

    /// <summary>The push button.</summary>
    public ButtonOptions Button { get; init; } = new();

    /// <summary>The lights.</summary>
    public LedOptions Led { get; init; } = new();

    /// <summary>The device's own sounds and its spoken help.</summary>
    public SoundOptions Sounds { get; init; } = new();

    /// <summary>The control socket.</summary>
    public ControlOptions Control { get; init; } = new();

    /// <summary>The device as a service.</summary>
    public ServiceOptions Service { get; init; } = new();
}
