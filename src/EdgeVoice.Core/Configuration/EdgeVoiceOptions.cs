namespace EdgeVoice.Core.Configuration;

/// <summary>Everything one device can be told; every value has a default, so an empty configuration is a whole one but for its credential.</summary>
/// <remarks>Immutable: any thread may read it. A change of the configuration is a new object.</remarks>
public sealed record EdgeVoiceOptions
{
    /// <summary>How a person and the device take turns.</summary>
    [Option("How a person and the device take turns.", Effect = OptionEffect.Device)]
    public ConversationOptions Conversation { get; init; } = new();

    /// <summary>The server and what is asked of it.</summary>
    [Option("The server and what is asked of it.", Effect = OptionEffect.NextTurn)]
    public RealtimeOptions Realtime { get; init; } = new();

    /// <summary>Microphone, loudspeaker and what is done against echo.</summary>
    [Option("Microphone, loudspeaker and what is done against echo.", Effect = OptionEffect.Device)]
    public AudioOptions Audio { get; init; } = new();

    /// <summary>The push button.</summary>
    [Option("The push button.", Effect = OptionEffect.Button)]
    public ButtonOptions Button { get; init; } = new();

    /// <summary>The lights.</summary>
    [Option("The lights.", Effect = OptionEffect.Lights)]
    public LedOptions Led { get; init; } = new();

    /// <summary>The device's own sounds and its spoken help.</summary>
    [Option("The device's own sounds and its spoken help.", Effect = OptionEffect.Device)]
    public SoundOptions Sounds { get; init; } = new();

    /// <summary>The control socket.</summary>
    [Option("The control socket.", Effect = OptionEffect.Service)]
    public ControlOptions Control { get; init; } = new();

    /// <summary>The device as a service.</summary>
    [Option("The device as a service.", Effect = OptionEffect.Service)]
    public ServiceOptions Service { get; init; } = new();
}
