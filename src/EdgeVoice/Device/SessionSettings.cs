using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Tools;
using Wire = EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Device;

/// <summary>The session object that the configuration asks for; what is not configured is left to the server.</summary>
internal static class SessionSettings
{
    /// <summary>
    /// The session; <paramref name="read"/> gives an MCP server's token, or null where it cannot be had: that server is left out.
    /// <paramref name="device"/>: what this device can do of itself; null for nothing.
    /// </summary>
    public static Session From(EdgeVoiceOptions options, Func<CredentialOptions, Secret?> read, ToolRegistry? device = null)
    {
        var realtime = options.Realtime;
        return new Session(
            OutputModalities: [realtime.Output.Modality == AnswerModality.Text ? OutputModality.Text : OutputModality.Audio],
            Instructions: realtime.Instructions is { } text ? new Optional<string>(text) : default,
            Tools: ToolSettings.Tools(device, realtime.Tools, read),
            ToolChoice: ToolSettings.Choice(realtime.ToolChoice),
            ParallelToolCalls: realtime.ParallelToolCalls,
            Reasoning: realtime.ReasoningEffort is { } effort ? new Reasoning(Effort(effort)) : default(Optional<Reasoning>),
            MaxOutputTokens: realtime.MaxOutputTokens is { } limit ? new TokenLimit(limit.Count) : null,
            Tracing: Tracing(realtime.Tracing),
            Truncation: Truncation(realtime.Truncation),
            Prompt: Prompt(realtime.Prompt),
            Audio: new SessionAudio(Input(options), Output(realtime)),
            Include: realtime.Include is { } extras ? new Optional<IReadOnlyList<string>>([.. extras.Select(_ => "item.input_audio_transcription.logprobs").Distinct()]) : default);
    }

    private static AudioInput Input(EdgeVoiceOptions options) => new(
        WireFormats.Of(options.Realtime.Input.Format),
        NoiseReduction(options.Realtime),
        Transcription(options),
        // Push to talk must say so: a session begins with the server's own turn detection.
        new Optional<TurnDetection>(options.Conversation.Mode == ConversationMode.HandsFree ? Detection(options.Realtime.TurnDetection) : null));

    private static AudioOutput Output(RealtimeOptions realtime) => new(
        WireFormats.Of(realtime.Output.Format),
        new Optional<Voice>(realtime.Voice.Id is { } id ? new CustomVoice(id) : new NamedVoice(realtime.Voice.Name!)),
        realtime.Speed);

    private static Optional<Wire.NoiseReduction> NoiseReduction(RealtimeOptions realtime) => realtime.NoiseReduction switch
    {
        Core.Configuration.NoiseReduction.NearField => new Wire.NoiseReduction(NoiseReductionType.NearField),
        Core.Configuration.NoiseReduction.FarField => new Wire.NoiseReduction(NoiseReductionType.FarField),
        _ => default(Optional<Wire.NoiseReduction>),
    };

    private static Optional<InputTranscription> Transcription(EdgeVoiceOptions options)
    {
        if (options.Realtime.Transcription is not { } wanted) return default;
        var language = wanted.Languages is null ? Language(wanted.Language ?? options.Conversation.Language) : null;
        return new InputTranscription(
            wanted.Model,
            language is null ? default : new Optional<string>(language),
            wanted.Languages is { } all ? [.. all.Select(Language).Distinct()] : null,
            wanted.Keywords,
            wanted.Prompt is { } prompt ? new Optional<string>(prompt) : default,
            wanted.Delay is { } delay ? Delay(delay) : null);
    }

    // The wire takes languages, without their regions.
    private static string Language(string tag) => tag.Split('-')[0];

    private static string Delay(TranscriptionDelay delay) => delay switch
    {
        TranscriptionDelay.Minimal => "minimal",
        TranscriptionDelay.Low => "low",
        TranscriptionDelay.Medium => "medium",
        TranscriptionDelay.High => "high",
        _ => "xhigh",
    };

    private static ReasoningEffort Effort(ReasoningLevel level) => level switch
    {
        ReasoningLevel.Minimal => ReasoningEffort.Minimal,
        ReasoningLevel.Low => ReasoningEffort.Low,
        ReasoningLevel.Medium => ReasoningEffort.Medium,
        ReasoningLevel.High => ReasoningEffort.High,
        _ => ReasoningEffort.Xhigh,
    };

    private static Optional<Tracing> Tracing(TracingOptions? options) => options switch
    {
        null => default,
        { Mode: not null } => new Wire.TracingMode(),
        _ => new TracingSettings(options.WorkflowName, options.GroupId, options.Metadata),
    };

    private static Optional<Truncation> Truncation(TruncationOptions? options) => options switch
    {
        null => default,
        { RetentionRatio: { } ratio } =>
            new RetentionRatioTruncation(ratio, options.PostInstructionsTokens is { } tokens ? new TokenLimits(tokens) : null),
        _ => new Wire.TruncationMode(options.Mode == Core.Configuration.TruncationMode.Disabled ? "disabled" : "auto"),
    };

    private static Optional<Prompt> Prompt(PromptOptions? options) => options is null ? default(Optional<Prompt>) : new Prompt(
        options.Id,
        options.Version is { } version ? new Optional<string>(version) : default,
        options.Variables is { } variables ? new(variables) : default);

    // Every parameter is sent: servers' defaults differ from what is documented.
    private static TurnDetection Detection(TurnDetectionOptions options) => options.Type == TurnDetectionType.ServerVad
        ? new ServerVad(
            options.Threshold ?? 0.5,
            options.PrefixPaddingMs ?? 300,
            options.SilenceDurationMs ?? 500,
            new Optional<int?>(options.IdleTimeoutMs),
            options.CreateResponse,
            options.InterruptResponse)
        : new SemanticVad(
            options.Eagerness switch
            {
                Core.Configuration.Eagerness.Low => Wire.Eagerness.Low,
                Core.Configuration.Eagerness.Medium => Wire.Eagerness.Medium,
                Core.Configuration.Eagerness.High => Wire.Eagerness.High,
                _ => Wire.Eagerness.Auto,
            },
            options.CreateResponse,
            options.InterruptResponse);
}
