using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Realtime.Protocol;
using Wire = EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Device;

/// <summary>The session object that the configuration asks for; what is not configured is left to the server.</summary>
internal static class SessionSettings
{
    public static Session From(EdgeVoiceOptions options)
    {
        var realtime = options.Realtime;
        return new Session(
            OutputModalities: [OutputModality.Audio],
            Instructions: realtime.Instructions is { } text ? new Optional<string>(text) : default,
            MaxOutputTokens: realtime.MaxOutputTokens is { } limit ? new TokenLimit(limit) : null,
            Audio: new SessionAudio(
                new AudioInput(
                    WireFormats.Of(realtime.Input.Format),
                    NoiseReduction(realtime),
                    Transcription(options),
                    // Push to talk must say so: a session begins with the server's own turn detection.
                    new Optional<TurnDetection>(options.Conversation.Mode == ConversationMode.HandsFree ? Detection(realtime.TurnDetection) : null)),
                new AudioOutput(WireFormats.Of(realtime.Output.Format), new NamedVoice(realtime.Voice), realtime.Speed)));
    }

    private static Optional<Wire.NoiseReduction> NoiseReduction(RealtimeOptions realtime) => realtime.NoiseReduction switch
    {
        Core.Configuration.NoiseReduction.NearField => new Wire.NoiseReduction(NoiseReductionType.NearField),
        Core.Configuration.NoiseReduction.FarField => new Wire.NoiseReduction(NoiseReductionType.FarField),
        _ => default,
    };

    private static Optional<InputTranscription> Transcription(EdgeVoiceOptions options) => options.Realtime.Transcription is { } wanted
        ? new InputTranscription(wanted.Model, wanted.Language ?? options.Conversation.Language)
        : default(Optional<InputTranscription>);

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
