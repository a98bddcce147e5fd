using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>The protocol of one session: client events in, server events out.</summary>
/// <remarks>Handle, Start, Expire and End take the session's gate; responses run as tasks that take it for each step.</remarks>
internal sealed partial class SessionEngine
{
    private const string ExpiredMessage = "Your session hit the maximum duration of 60 minutes.";

    private readonly SessionCore _core;
    private readonly SessionConfig _config;
    private readonly Conversation _conversation;
    private bool _over;

    internal SessionEngine(SessionCore core, string model, long expiresAt)
    {
        _core = core;
        _config = new SessionConfig(core.Id, model, expiresAt);
        _conversation = new Conversation(core.NewId("conv"));
        _buffer = new SampleStore(AudioCodecLimit);
        (_codec, _detection) = (_config.InputCodec, _config.TurnDetection);
        _voice = NewVoice();
    }

    internal void Start()
    {
        lock (_core.Gate)
        {
            _core.Emit("session.created", ("session", _config.Snapshot()));
            _core.Emit("conversation.created", ("conversation", new JsonObject { ["id"] = _conversation.Id, ["object"] = "realtime.conversation" }));
        }
    }

    /// <summary>The session's time is up.</summary>
    internal void Expire() => Strike(FaultMode.Expire, 0);

    /// <summary>Stops every response and returns the tasks that have to end.</summary>
    internal Task End()
    {
        lock (_core.Gate)
        {
            _over = true;
            foreach (var run in _running)
                run.Abandon();
            return Task.WhenAll(_tasks);
        }
    }

    /// <summary>Takes one message of the client.</summary>
    internal void Handle(ReadOnlySpan<byte> message, bool binary)
    {
        lock (_core.Gate)
        {
            if (_over)
                return;
            _core.Seen.AddEvent(binary ? $"(a binary message of {message.Length} bytes)" : Encoding.UTF8.GetString(message));
            if (binary)
            {
                _core.EmitError(new WireError("invalid_event", "Binary messages are not supported: send one JSON object per text message."), null);
                return;
            }
            string? eventId = null;
            if (Handle(message, ref eventId) is { } error)
                _core.EmitError(error, eventId);
        }
    }

    private static string String(JsonObject wire, string name) => wire[name]!.GetValue<string>();

    private static int Int(JsonObject wire, string name) => wire[name]!.GetValue<int>();

    private WireError? Handle(ReadOnlySpan<byte> message, ref string? eventId)
    {
        try
        {
            if (!TryParse(message, out var wire))
                return new WireError("invalid_event", "The event is not a JSON object.");
            eventId = wire["event_id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : null;
            return ClientShapes.Check(wire) ?? Dispatch(String(wire, "type"), wire);
        }
        catch (InvalidOperationException problem) when (problem.Message.Contains("UTF", StringComparison.Ordinal))
        {
            // Half a surrogate pair in an escape: JSON by its grammar, no text.
            return new WireError("invalid_event", "A string of the event is no valid Unicode.");
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> message, out JsonObject wire)
    {
        wire = null!;
        try
        {
            var reader = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed != message.Length && reader.Read())
                return false;
            wire = (JsonNode.Parse(message, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject)!;
            return wire is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private WireError? Dispatch(string type, JsonObject wire) => type switch
    {
        "session.update" => UpdateSession(wire["session"]!.AsObject()),
        "input_audio_buffer.append" => Append(String(wire, "audio")),
        "input_audio_buffer.commit" => CommitByClient(),
        "input_audio_buffer.clear" => ClearBuffer(),
        "output_audio_buffer.clear" => WireError.Value("output_audio_buffer.clear is for WebRTC and SIP sessions; over WebSocket the client holds the buffer.", "type"),
        "conversation.item.create" => CreateItem(wire["item"]!.AsObject(), wire["previous_item_id"]?.GetValue<string>()),
        "conversation.item.retrieve" => RetrieveItem(String(wire, "item_id")),
        "conversation.item.truncate" => TruncateItem(String(wire, "item_id"), Int(wire, "content_index"), Int(wire, "audio_end_ms")),
        "conversation.item.delete" => DeleteItem(String(wire, "item_id")),
        "response.create" => CreateResponse(wire["response"] as JsonObject),
        _ => CancelResponse(wire["response_id"]?.GetValue<string>()),
    };

    private WireError? UpdateSession(JsonObject update)
    {
        if (_config.Update(update, _conversation.HasAssistantAudio) is { } error)
            return error;
        ApplyInputSettings();
        _core.Emit("session.updated", ("session", _config.Snapshot()));
        return null;
    }
}
