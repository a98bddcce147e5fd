using System.Text.Json.Nodes;
using static EdgeVoice.Simulator.Server.Shape;

namespace EdgeVoice.Simulator.Server;

/// <summary>The client events and every field they may carry.</summary>
internal static class ClientShapes
{
    private const int Id = 512;

    private static readonly Shape Metadata = Maybe(new MetadataShape());

    private static readonly Shape UserPart = By(
        "type",
        ("input_text", Object(("type*", Anything), ("text*", Text()))),
        ("input_audio", Object(("type*", Anything), ("audio*", Text()), ("transcript", Maybe(Text())))),
        ("input_image", Object(("type*", Anything), ("image_url*", Text()), ("detail", OneOf("auto", "low", "high")))));

    private static readonly Shape Item = By(
        "type",
        ("message", By("role", ("system", Message(TextPart("input_text"))), ("user", Message(UserPart)), ("assistant", Message(TextPart("output_text"))))),
        ("function_call", Common(("name*", Text()), ("arguments*", Text()), ("call_id", Text()))),
        ("function_call_output", Common(("call_id*", Text()), ("output*", Text()))),
        ("mcp_approval_response", Common(("approval_request_id*", Text()), ("approve*", Flag), ("reason", Maybe(Text())))));

    private static readonly Shape Response = Object(
        ("output_modalities", SessionShapes.Modalities), ("instructions", Text()),
        ("audio", Object(("output", Object(("format", SessionShapes.Format), ("voice", SessionShapes.Voice))))),
        ("tools", SessionShapes.Tools), ("tool_choice", SessionShapes.ToolChoice), ("parallel_tool_calls", Flag),
        ("reasoning", SessionShapes.Reasoning), ("max_output_tokens", SessionShapes.MaxTokens),
        ("conversation", OneOf("auto", "none")), ("metadata", Metadata), ("prompt", SessionShapes.Prompt), ("input", List(new InputShape())));

    private static readonly Dictionary<string, Shape> Events = new()
    {
        ["session.update"] = Event(("session*", SessionShapes.Session)),
        ["input_audio_buffer.append"] = Event(("audio*", Text())),
        ["input_audio_buffer.commit"] = Event(),
        ["input_audio_buffer.clear"] = Event(),
        ["output_audio_buffer.clear"] = Event(),
        ["conversation.item.create"] = Event(("item*", Item), ("previous_item_id", Maybe(Text()))),
        ["conversation.item.retrieve"] = Event(("item_id*", Text())),
        ["conversation.item.truncate"] = Event(("item_id*", Text()), ("content_index*", Whole(0, 1000)), ("audio_end_ms*", Whole(0, int.MaxValue))),
        ["conversation.item.delete"] = Event(("item_id*", Text())),
        ["response.create"] = Event(("response", Maybe(Response))),
        ["response.cancel"] = Event(("response_id", Maybe(Text()))),
    };

    /// <summary>Null when the event is one of the eleven and every field of it is right.</summary>
    internal static WireError? Check(JsonObject wire)
    {
        if (!wire.ContainsKey("type"))
            return new WireError("invalid_event", "The 'type' field is missing.", "type");
        return OneOf([.. Events.Keys]).Check(wire["type"], "type") ?? Events[wire["type"]!.GetValue<string>()].Check(wire, "");
    }

    private static Shape Event(params (string, Shape)[] fields) => Object([("type*", Anything), ("event_id", Maybe(Text(Id))), .. fields]);

    private static Shape Common(params (string, Shape)[] fields) =>
        Object([("type*", Anything), ("id", Maybe(Text())), ("object", Maybe(Text())), ("status", Maybe(Text())), .. fields]);

    private static Shape Message(Shape part) => Common(("role*", Anything), ("content*", List(part)));

    private static Shape TextPart(string type) => By("type", (type, Object(("type*", Anything), ("text*", Text()))));

    private sealed class InputShape : Shape
    {
        private static readonly Shape Reference = Object(("type*", Anything), ("id*", Text()));

        internal override WireError? Check(JsonNode? node, string path) =>
            node is JsonObject obj && obj["type"] is JsonValue type && type.TryGetValue<string>(out var name) && name == "item_reference"
                ? Reference.Check(node, path) : Item.Check(node, path);
    }

    private sealed class MetadataShape : Shape
    {
        internal override WireError? Check(JsonNode? node, string path)
        {
            if (node is not JsonObject obj)
                return WireError.Kind(path, "an object", "something else");
            if (obj.Count > 16)
                return WireError.Value($"Invalid '{path}': too many properties. Expected at most 16.", path);
            foreach (var (name, value) in obj)
            {
                if (name.Length > 64)
                    return WireError.Value($"Invalid '{path}': key too long. Expected at most 64 characters.", path);
                if (Text(512).Check(value, Join(path, name)) is { } error)
                    return error;
            }
            return null;
        }
    }
}
