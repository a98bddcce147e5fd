using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>
/// Moves the flat settings of the beta (still sent by other servers) to their present places in sessions and responses, where the
/// present place is empty.
/// </summary>
internal static class BetaSettings
{
    /// <summary>Flat names that have a present place.</summary>
    public static readonly FrozenSet<string> Names = new[]
    {
        "modalities", "voice", "speed", "input_audio_format", "output_audio_format", "input_audio_transcription",
        "input_audio_noise_reduction", "turn_detection", "max_response_output_tokens",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The event with the settings in their present places.</summary>
    /// <exception cref="JsonException">A setting is of the wrong kind.</exception>
    public static ServerEvent Upgrade(ServerEvent e, JsonSerializerOptions options) => e switch
    {
        SessionCreated created => created with { Session = Upgrade(created.Session, options) },
        SessionUpdated updated => updated with { Session = Upgrade(updated.Session, options) },
        ResponseCreated created => created with { Response = Upgrade(created.Response, options) },
        ResponseDone done => done with { Response = Upgrade(done.Response, options) },
        _ => e,
    };

    private static Session Upgrade(Session session, JsonSerializerOptions options)
    {
        if (!HasAny(session))
            return session;
        var old = new Fields(session.UnknownFields!, options);
        var audio = session.Audio ?? new SessionAudio();
        var input = audio.Input ?? new AudioInput();
        return session with
        {
            UnknownFields = Rest(session.UnknownFields!),
            OutputModalities = session.OutputModalities ?? old.Modalities(),
            MaxOutputTokens = session.MaxOutputTokens ?? old.Get<TokenLimit?>("max_response_output_tokens").Value,
            Audio = audio with
            {
                Input = input with
                {
                    Format = input.Format ?? old.Get<AudioFormat>("input_audio_format"),
                    NoiseReduction = Or(input.NoiseReduction, old.Get<NoiseReduction>("input_audio_noise_reduction")),
                    Transcription = Or(input.Transcription, old.Get<InputTranscription>("input_audio_transcription")),
                    TurnDetection = Or(input.TurnDetection, old.Get<TurnDetection>("turn_detection")),
                },
                Output = Upgrade(audio.Output, old),
            },
        };
    }

    private static Response Upgrade(Response response, JsonSerializerOptions options)
    {
        if (!HasAny(response))
            return response;
        var old = new Fields(response.UnknownFields!, options);
        var audio = response.Audio ?? new SessionAudio();
        return response with
        {
            UnknownFields = Rest(response.UnknownFields!),
            OutputModalities = response.OutputModalities ?? old.Modalities(),
            MaxOutputTokens = response.MaxOutputTokens ?? old.Get<TokenLimit?>("max_response_output_tokens").Value,
            Audio = audio with { Output = Upgrade(audio.Output, old) },
        };
    }

    private static AudioOutput Upgrade(AudioOutput? present, Fields old)
    {
        var output = present ?? new AudioOutput();
        return output with
        {
            Format = output.Format ?? old.Get<AudioFormat>("output_audio_format"),
            Voice = Or(output.Voice, old.Get<Voice>("voice")),
            Speed = output.Speed ?? old.Get<double?>("speed").Value,
        };
    }

    private static bool HasAny(WireRecord record) => record.UnknownFields is { } fields && fields.Keys.Any(Names.Contains);

    private static Dictionary<string, JsonElement>? Rest(Dictionary<string, JsonElement> fields)
    {
        var rest = fields.Where(f => !Names.Contains(f.Key)).ToDictionary();
        return rest.Count == 0 ? null : rest;
    }

    private static Optional<T> Or<T>(Optional<T> present, Optional<T> old) => present.IsPresent ? present : old;

    /// <summary>Typed access to the flat fields.</summary>
    private readonly struct Fields(Dictionary<string, JsonElement> fields, JsonSerializerOptions options)
    {
        /// <summary>A field; absent, null or a value.</summary>
        public Optional<T> Get<T>(string name)
        {
            if (!fields.TryGetValue(name, out var element))
                return default;
            return element.ValueKind == JsonValueKind.Null
                ? new Optional<T>(default)
                : new Optional<T>(element.Deserialize((JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));
        }

        /// <summary>Both modalities of the beta mean sound today: sound always brings its text.</summary>
        public IReadOnlyList<OutputModality>? Modalities() =>
            Get<IReadOnlyList<OutputModality>>("modalities").Value is not { } all ? null
            : all.Contains(OutputModality.Audio) ? [OutputModality.Audio] : all;
    }
}
