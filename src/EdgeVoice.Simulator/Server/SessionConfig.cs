using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>The effective session object: defaults, what updates merged into it, and typed views of what the server acts on.</summary>
/// <remarks>Under the session's gate.</remarks>
internal sealed class SessionConfig
{
    private const string ServerVad = """
        {"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":200,"idle_timeout_ms":null,"create_response":true,"interrupt_response":true}
        """;

    private const string SemanticVad = """{"type":"semantic_vad","eagerness":"auto","create_response":true,"interrupt_response":true}""";

    private readonly JsonObject _session;

    internal SessionConfig(string id, string model, long expiresAt)
    {
        _session = JsonNode.Parse($$$"""
            {"type":"realtime","object":"realtime.session","id":"","model":"","output_modalities":["audio"],
             "instructions":"This is a stand-in server without any intelligence: it answers from a script or repeats what it heard.",
             "tools":[],"tool_choice":"auto","max_output_tokens":"inf","tracing":null,"truncation":"auto","prompt":null,"expires_at":0,
             "audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":null,"noise_reduction":null,"turn_detection":{{{ServerVad}}}},
                      "output":{"format":{"type":"audio/pcm","rate":24000},"voice":"marin","speed":1.0}},"include":null}
            """)!.AsObject();
        _session["id"] = id;
        _session["model"] = model;
        _session["expires_at"] = expiresAt;
    }

    /// <summary>A copy, to be put into an event.</summary>
    internal JsonObject Snapshot() => _session.DeepClone().AsObject();

    internal AudioCodec InputCodec => AudioCodec.Of(Input["format"]!);

    internal JsonNode OutputFormat => Output["format"]!;

    internal string Voice => Output["voice"]!.ToJsonString();

    internal JsonNode VoiceNode => Output["voice"]!;

    internal string Modality => _session["output_modalities"]![0]!.GetValue<string>();

    internal JsonNode MaxOutputTokens => _session["max_output_tokens"]!;

    internal bool Transcribes => Input["transcription"] is not null;

    internal TurnDetection? TurnDetection => Input["turn_detection"] is JsonObject node ? TurnDetection.Of(node) : null;

    private JsonObject Input => _session["audio"]!["input"]!.AsObject();

    private JsonObject Output => _session["audio"]!["output"]!.AsObject();

    /// <summary>Merges a checked update. Nothing is changed when an error is returned.</summary>
    internal WireError? Update(JsonObject update, bool hasAssistantAudio)
    {
        if (update["type"]!.GetValue<string>() != "realtime")
            return WireError.Value("This session is of type 'realtime' and cannot become another.", "session.type");
        if (update["model"] is { } model && model.GetValue<string>() != _session["model"]!.GetValue<string>())
            return WireError.Value("The model of a session cannot be changed.", "session.model");
        if (update["output_modalities"] is JsonArray { Count: 0 })
            return WireError.Value("Invalid 'session.output_modalities': expected one element.", "session.output_modalities");
        if (Refused(update) is { } refused)
            return refused;
        var voice = update["audio"]?["output"]?["voice"];
        if (hasAssistantAudio && voice is not null && voice.ToJsonString() != Voice)
            return new WireError("cannot_update_voice", "Cannot update a conversation's voice if assistant audio is present.", "session.audio.output.voice");
        Merge(_session, update, "");
        return null;
    }

    /// <summary>What the model, the transcription model or the session so far does not allow, whatever its shape.</summary>
    private WireError? Refused(JsonObject update)
    {
        if (update["reasoning"] is not null && !Reasons(_session["model"]!.GetValue<string>()))
            return WireError.Value("'reasoning' is not supported with this model.", "session.reasoning");
        if (_session["tracing"] is { } traced && update.ContainsKey("tracing") && !JsonNode.DeepEquals(traced, update["tracing"]))
            return WireError.Value("Tracing cannot be changed once it is enabled.", "session.tracing");
        return update["audio"]?["input"]?["transcription"] is JsonObject transcription ? Refused(transcription, "session.audio.input.transcription") : null;
    }

    private static WireError? Refused(JsonObject transcription, string path)
    {
        var model = transcription["model"]?.GetValue<string>() ?? "";
        foreach (var (name, fits) in (ReadOnlySpan<(string, bool)>)
        [
            ("languages", model is "gpt-transcribe" or "gpt-live-transcribe"),
            ("keywords", model is "gpt-transcribe" or "gpt-live-transcribe"),
            ("delay", model == "gpt-realtime-whisper"),
            ("prompt", model != "gpt-realtime-whisper"),
        ])
        {
            if (!fits && transcription.ContainsKey(name))
                return WireError.Value($"'{name}' is not supported with transcription model '{model}'.", $"{path}.{name}");
        }

        return null;
    }

    private static bool Reasons(string model) => model == "gpt-realtime-2" || model.StartsWith("gpt-realtime-2.", StringComparison.Ordinal);

    private static void Merge(JsonObject into, JsonObject update, string path)
    {
        foreach (var (name, value) in update)
        {
            var here = path + "/" + name;
            if (here is "/audio" or "/audio/input" or "/audio/output" && value is JsonObject inner)
                Merge(into[name]!.AsObject(), inner, here);
            else if (here == "/audio/input/turn_detection" && value is JsonObject detection)
                into[name] = Detection(into[name] as JsonObject, detection);
            else
                into[name] = value?.DeepClone();
        }
    }

    /// <summary>The same type keeps what was set; a new type starts from its defaults.</summary>
    private static JsonObject Detection(JsonObject? current, JsonObject update)
    {
        var type = update["type"]!.GetValue<string>();
        var sameType = current is not null && current["type"]!.GetValue<string>() == type;
        var result = sameType ? current!.DeepClone().AsObject() : JsonNode.Parse(type == "server_vad" ? ServerVad : SemanticVad)!.AsObject();
        foreach (var (name, value) in update)
            result[name] = value?.DeepClone();
        return result;
    }
}
