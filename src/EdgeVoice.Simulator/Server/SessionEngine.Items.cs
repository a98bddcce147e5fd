using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

internal sealed partial class SessionEngine
{
    private const int MaxWaitingTranscriptions = 100;

    private readonly Queue<ConversationItem> _untranscribed = new();

    private void EmitItem(ConversationItem item, string? previous)
    {
        _core.Emit("conversation.item.added", ("item", item.Wire.DeepClone()), ("previous_item_id", previous));
        _core.Emit("conversation.item.done", ("item", item.Wire.DeepClone()), ("previous_item_id", previous));
    }

    private WireError? CreateItem(JsonObject wire, string? after)
    {
        var id = wire["id"]?.GetValue<string>() ?? _core.NewId("item");
        if (_conversation.Full)
            return WireError.Value($"The conversation is full: {Conversation.MaxItems} items.", null);
        if (_conversation.Find(id) is not null)
            return WireError.Value($"An item with id '{id}' already exists in the conversation.", "item.id");
        if (after is not null and not "root" && _conversation.Find(after) is null)
            return new WireError("item_create_invalid_previous_item_id", $"Previous item with item_id not found: {after}", "previous_item_id");
        if (CheckCallId(wire) is { } error)
            return error;
        var item = new ConversationItem(id, Clean(wire, id));
        if (TakeSound(wire, item) is { } wrong)
            return wrong;
        var previous = after is null ? _conversation.Add(item) : _conversation.InsertAfter(after, item);
        EmitItem(item, previous);
        return null;
    }

    private WireError? CheckCallId(JsonObject wire)
    {
        if (String(wire, "type") != "function_call_output")
            return null;
        var call = String(wire, "call_id");
        if (_conversation.Items.Any(item => item.Type == "function_call_output" && String(item.Wire, "call_id") == call))
            return WireError.Value($"Tool call ID '{call}' already has an output in the conversation.", "item.call_id");
        return _conversation.Items.Any(item => item.Type == "function_call" && item.Wire["call_id"]?.GetValue<string>() == call)
            ? null : WireError.Value($"Tool call ID '{call}' not found in conversation.", "item.call_id");
    }

    private JsonObject Clean(JsonObject wire, string id)
    {
        var clean = wire.DeepClone().AsObject();
        clean["id"] = id;
        clean["object"] = "realtime.item";
        clean["status"] = "completed";
        if (String(clean, "type") == "function_call")
            clean["call_id"] ??= _core.NewId("call");
        foreach (var part in (clean["content"] as JsonArray ?? []).OfType<JsonObject>())
            part.Remove("audio");
        return clean;
    }

    /// <summary>Sound given inside an item, in the session's input format.</summary>
    private WireError? TakeSound(JsonObject wire, ConversationItem item)
    {
        foreach (var part in (wire["content"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (part["audio"] is not JsonValue audio)
                continue;
            var text = audio.GetValue<string>();
            var bytes = new byte[(text.Length / 4 * 3) + 3];
            if (!Convert.TryFromBase64String(text, bytes, out var length) || length % _codec.BytesPerSample != 0)
                return WireError.Value("Invalid 'item.content.audio': expected base64-encoded audio of whole samples.", "item.content");
            (item.UserAudio, item.Rate) = (_codec.Decode(bytes.AsSpan(0, length)), _codec.Rate);
        }
        return null;
    }

    private WireError? RetrieveItem(string id)
    {
        if (_conversation.Find(id) is not { } item)
            return new WireError("item_retrieve_invalid_item_id", $"Item with item_id not found: {id}", "item_id");
        var wire = item.Wire.DeepClone().AsObject();
        if (item.UserAudio is { } samples && wire["content"]?[0] is JsonObject part && item.Rate == _codec.Rate)
            part["audio"] = Convert.ToBase64String(_codec.Encode(samples));
        _core.Emit("conversation.item.retrieved", ("item", wire));
        return null;
    }

    private WireError? TruncateItem(string id, int contentIndex, int endMs)
    {
        if (_conversation.Find(id) is not { } item)
            return new WireError("item_truncate_invalid_item_id", $"Item with item_id not found: {id}", "item_id");
        if (item.SpokenSamples == 0)
            return new WireError("unsupported_content_type", "Only model output audio messages can be truncated", "item_id");
        if (contentIndex != 0)
            return WireError.Value($"Content part {contentIndex} does not exist in item {id}.", "content_index");
        if (endMs > Math.Ceiling(item.SpokenMs))
            return WireError.Value($"Audio content of {(int)item.SpokenMs}ms is already shorter than {endMs}ms", "audio_end_ms");
        item.Truncated = true;
        item.SpokenSamples = Math.Max(1, Math.Min(item.SpokenSamples, (long)endMs * item.Rate / 1000));
        if (item.Wire["content"]?[0] is JsonObject part)
            part["transcript"] = null;
        _core.Seen.AddTruncation(new TruncatedItem(id, contentIndex, endMs));
        _core.Note($"{id} truncated at {endMs} ms");
        _core.Emit("conversation.item.truncated", ("item_id", id), ("content_index", contentIndex), ("audio_end_ms", endMs));
        return null;
    }

    private WireError? DeleteItem(string id)
    {
        if (_conversation.Find(id) is not { } item)
            return new WireError("item_delete_invalid_item_id", $"Item with item_id not found: {id}", "item_id");
        _conversation.Remove(item);
        _core.Seen.AddDeletion(id);
        _core.Note($"{id} deleted");
        _core.Emit("conversation.item.deleted", ("item_id", id));
        return null;
    }

    /// <summary>Transcription is asynchronous: sometimes at once, sometimes when the answer ends or more sound comes.</summary>
    private void Transcribe(ConversationItem item)
    {
        if (!_config.Transcribes)
            return;
        _untranscribed.Enqueue(item);
        if (_core.Random.Next(2) == 0 || _core.Options.PromptTranscriptions || _untranscribed.Count > MaxWaitingTranscriptions)
            FlushTranscriptions();
    }

    private void FlushTranscriptions()
    {
        while (Active is null && _untranscribed.TryDequeue(out var item))
        {
            var ms = (item.UserAudio?.Length ?? 0) * 1000.0 / item.Rate;
            var text = _core.Options.Script?.Find(item.Turn, null, ms, item.UserAudio)?.Transcript ?? FormattableString.Invariant($"({ms / 1000:0.0} seconds of sound)");
            if (item.Wire["content"]?[0] is JsonObject part)
                part["transcript"] = text;
            _core.Emit("conversation.item.input_audio_transcription.delta", ("item_id", item.Id), ("content_index", 0), ("delta", text));
            _core.Emit(
                "conversation.item.input_audio_transcription.completed",
                ("item_id", item.Id), ("content_index", 0), ("transcript", text),
                ("usage", new JsonObject { ["type"] = "duration", ["seconds"] = Math.Max(1, (int)Math.Ceiling(ms / 1000)) }));
        }
    }
}
