using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>One output item being streamed: begin, deltas, end.</summary>
/// <remarks>Every member under the session's gate.</remarks>
internal abstract class OutputItem(SessionCore core, ResponseRun run, int index)
{
    internal string Id { get; } = core.NewId("item");

    /// <summary>The item's place in the conversation; null when out of band.</summary>
    internal ConversationItem? Entry { get; private set; }

    internal virtual int AudioTokens => 0;

    internal abstract int TextTokens { get; }

    internal virtual double SpokenMs => 0;

    /// <summary>Whether the token limit ends it early.</summary>
    internal virtual bool CutByLimit => false;

    /// <summary>Share of the item that was sent, 0 to 1.</summary>
    internal abstract double Progress { get; }

    protected SessionCore Core => core;

    protected ResponseRun Run => run;

    internal void Begin()
    {
        var wire = Wire("in_progress");
        core.Emit("response.output_item.added", ("response_id", run.Id), ("output_index", index), ("item", wire));
        if (run.Conversation is { } conversation)
        {
            Entry = new ConversationItem(Id, wire) { Rate = run.Plan.Codec.Rate };
            core.Emit("conversation.item.added", ("previous_item_id", conversation.Add(Entry)), ("item", wire));
        }
        OnBegun();
    }

    /// <summary>Emits the next delta; false when there is none left.</summary>
    internal abstract bool Step();

    /// <summary>Emits the closing events and returns the final item.</summary>
    internal JsonObject End(string status)
    {
        OnEnding(status);
        var wire = Wire(status);
        if (Entry is not null && run.Conversation is { } conversation)
        {
            if (!Entry.Truncated)
                Entry.Wire = wire.DeepClone().AsObject();
            var before = conversation.Items.TakeWhile(item => item != Entry).LastOrDefault()?.Id;
            core.Emit("conversation.item.done", ("previous_item_id", before), ("item", wire.DeepClone()));
        }
        core.Emit("response.output_item.done", ("response_id", run.Id), ("output_index", index), ("item", wire.DeepClone()));
        return wire;
    }

    protected abstract JsonObject Wire(string status);

    protected abstract void OnBegun();

    protected abstract void OnEnding(string status);

    /// <summary>An event of a content part.</summary>
    protected void EmitPart(string type, params ReadOnlySpan<(string, JsonNode?)> fields) => core.Emit(type,
    [
        ("response_id", run.Id), ("item_id", Id), ("output_index", index), ("content_index", 0), .. fields,
    ]);

    /// <summary>An event of the item itself.</summary>
    protected void EmitItem(string type, params ReadOnlySpan<(string, JsonNode?)> fields) => core.Emit(type,
    [
        ("response_id", run.Id), ("item_id", Id), ("output_index", index), .. fields,
    ]);

    protected JsonObject Message(string status, JsonObject? part) => new()
    {
        ["id"] = Id,
        ["object"] = "realtime.item",
        ["type"] = "message",
        ["status"] = status,
        ["role"] = "assistant",
        ["content"] = part is null ? new JsonArray() : new JsonArray(part),
    };
}
