namespace EdgeVoice.Core.Configuration;

/// <summary>The server and what is asked of it.</summary>
public sealed record RealtimeOptions
{
    /// <summary>Address of the server: <c>wss</c> anywhere, <c>ws</c> on loopback only; default OpenAI's.</summary>
    [Option("Address of the server: wss anywhere, ws on loopback only.", Effect = OptionEffect.Session)]
    public string Url { get; init; } = "wss://api.openai.com/v1/realtime";

    /// <summary>Model name, appended to <see cref="Url"/> as <c>model=</c> unless the address names one; default "gpt-realtime".</summary>
    [Option("Model name, appended to url as model= unless the address names one.", Effect = OptionEffect.Session)]
    public string Model { get; init; } = "gpt-realtime";

    /// <summary>Voice; default "marin".</summary>
    [Option("The voice of the answers.", Effect = OptionEffect.Session)]
    public VoiceOptions Voice { get; init; } = new() { Name = "marin" };

    /// <summary>What the model is told to be, 32,768 characters at most; null (default) leaves the server's own.</summary>
    [Option("What the model is told to be, 32,768 characters at most; null leaves the server's own.")]
    public string? Instructions { get; init; }

    /// <summary>What is sent.</summary>
    [Option("What is sent.")]
    public InputOptions Input { get; init; } = new();

    /// <summary>What is received.</summary>
    [Option("What is received.")]
    public OutputOptions Output { get; init; } = new();

    /// <summary>Turn detection in hands-free mode; push-to-talk always sends null.</summary>
    [Option("Turn detection in hands-free mode; push-to-talk always sends null.")]
    public TurnDetectionOptions TurnDetection { get; init; } = new();

    /// <summary>Transcription of what the person says; null (default) for none.</summary>
    [Option("Transcription of what the person says; null for none.")]
    public TranscriptionOptions? Transcription { get; init; }

    /// <summary>Where the API key is; may be null (default) only for <c>ws</c> on loopback.</summary>
    [Option("Where the API key is; may be null only for ws on loopback.", Effect = OptionEffect.Session)]
    public CredentialOptions? Credential { get; init; }

    /// <summary>Absolute path of a PEM file with a trust anchor besides the system's; default null.</summary>
    [Option("Absolute path of a PEM file with a trust anchor besides the system's.", Effect = OptionEffect.Session)]
    public string? CaFile { get; init; }

    /// <summary>Speaking speed, 0.25 to 1.5; null (default) leaves the server's 1.0.</summary>
    [Option("Speaking speed; null leaves the server's 1.0.", Min = 0.25, Max = 1.5)]
    public double? Speed { get; init; }

    /// <summary>Longest answer in tokens, 1 to 4,096, or "inf"; null (default) leaves the server's, which is no limit.</summary>
    [Option("Longest answer in tokens, or \"inf\"; null leaves the server's, which is no limit.", Unit = "tokens", Min = 1, Max = 4_096)]
    public AnswerLimit? MaxOutputTokens { get; init; }

    /// <summary>Noise reduction at the server; null (default) for none.</summary>
    [Option("Noise reduction at the server; null for none.")]
    public NoiseReduction? NoiseReduction { get; init; }

    /// <summary>What the model may call, 128 at most; null (default) for nothing.</summary>
    [Option("What the model may call, 128 at most; null for nothing.")]
    public IReadOnlyList<ToolOptions>? Tools { get; init; }

    /// <summary>
    /// What the model may have this device do, by name: <c>volume</c>, <c>mute</c>, <c>goodbye</c>, <c>time</c>; default all of them, empty
    /// for none.
    /// </summary>
    [Option("What the model may have this device do, by name: volume, mute, goodbye, time; empty for none.", Effect = OptionEffect.Device)]
    public IReadOnlyList<string> DeviceTools { get; init; } = DeviceToolNames.All;

    /// <summary>Whether and which tool the model calls; null (default) leaves the server's "auto".</summary>
    [Option("Whether and which tool the model calls; null leaves the server's \"auto\".")]
    public ToolChoiceOptions? ToolChoice { get; init; }

    /// <summary>Whether the model may call several tools at once; reasoning models only. Null (default): not sent.</summary>
    [Option("Whether the model may call several tools at once; reasoning models only. Null: not sent.")]
    public bool? ParallelToolCalls { get; init; }

    /// <summary>How much the model thinks; reasoning models only, others refuse the whole session. Null (default): not sent.</summary>
    [Option("How much the model thinks; reasoning models only, others refuse the whole session. Null: not sent.")]
    public ReasoningLevel? ReasoningEffort { get; init; }

    /// <summary>What goes when the conversation has outgrown the model; null (default) leaves the server's "auto".</summary>
    [Option("What goes when the conversation has outgrown the model; null leaves the server's \"auto\".")]
    public TruncationOptions? Truncation { get; init; }

    /// <summary>A prompt stored at the server; null (default) for none.</summary>
    [Option("A prompt stored at the server; null for none.")]
    public PromptOptions? Prompt { get; init; }

    /// <summary>Traces at the server, which cannot be changed once a session has begun; null (default) for none.</summary>
    [Option("Traces at the server, which cannot be changed once a session has begun; null for none.", Effect = OptionEffect.Session)]
    public TracingOptions? Tracing { get; init; }

    /// <summary>What the server is to send in addition; null (default) for nothing.</summary>
    [Option("What the server is to send in addition; null for nothing.")]
    public IReadOnlyList<SessionExtra>? Include { get; init; }
}
