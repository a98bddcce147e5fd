using System.Text.Json.Nodes;
using static EdgeVoice.Simulator.Server.Shape;

namespace EdgeVoice.Simulator.Server;

/// <summary>The client events and every field they may carry.</summary>
internal static class ClientShapes
{
    private const int Id = 512;

    private static readonly Shape Metadata = Maybe(new MetadataShape());

    private static readonly Shape Format = By(
        "type",
        ("audio/pcm", Object(("type*", Anything), ("rate", Whole(24000, 24000)))),
        ("audio/pcmu", Object(("type*", Anything))),
        ("audio/pcma", Object(("type*", Anything))));

    private static readonly Shape TurnDetection = By(
        "type",
        ("server_vad", Object(
            ("type*", Anything), ("threshold", Number(0, 1)), ("prefix_padding_ms", Whole(0, 10_000)), ("silence_duration_ms", Whole(0, 10_000)),
            ("create_response", Flag), ("interrupt_response", Flag), ("idle_timeout_ms", Maybe(Whole(5000, 30_000))))),
        ("semantic_vad", Object(
            ("type*", Anything), ("eagerness", OneOf("low", "medium", "high", "auto")), ("create_response", Flag), ("interrupt_response", Flag))));

    private static readonly Shape Transcription = Object(
        ("model", Text()), ("language", Text()), ("languages", List(Text())), ("keywords", List(Text())), ("prompt", Text()), ("delay", Text()));

    private static readonly Shape Voice = TextOr(Text(), Object(("id*", Text())));
    private static readonly Shape Modalities = List(OneOf("audio", "text"), 1);
    private static readonly Shape MaxTokens = TextOr(OneOf("inf"), Whole(1, 4096));
    private static readonly Shape Prompt = Maybe(Object(("id*", Text()), ("version", Maybe(Text())), ("variables", Maybe(Anything))));
    private static readonly Shape Reasoning = Maybe(Object(("effort", OneOf("minimal", "low", "medium", "high", "xhigh"))));

    private static readonly Shape Tools = List(By(
        "type",
        ("function", Object(("type*", Anything), ("name*", Text()), ("description", Maybe(Text())), ("parameters", Maybe(Anything)))),
        ("mcp", new OpenObject())));

    private static readonly Shape ToolChoice = TextOr(
        OneOf("none", "auto", "required"),
        By("type", ("function", Object(("type*", Anything), ("name*", Text()))), ("mcp", new OpenObject())));

    private static readonly Shape Session = Object(
        ("type*", OneOf("realtime", "transcription")), ("model", Text()), ("output_modalities", Modalities), ("instructions", Text()),
        ("audio", Object(
            ("input", Object(
                ("format", Format), ("noise_reduction", Maybe(Object(("type*", OneOf("near_field", "far_field"))))),
                ("transcription", Maybe(Transcription)), ("turn_detection", Maybe(TurnDetection)))),
            ("output", Object(("format", Format), ("voice", Voice), ("speed", Number(0.25, 1.5)))))),
        ("include", Maybe(List(Text()))), ("tracing", Maybe(TextOr(OneOf("auto"), new OpenObject()))), ("tools", Tools), ("tool_choice", ToolChoice),
        ("parallel_tool_calls", Flag), ("reasoning", Reasoning), ("max_output_tokens", MaxTokens),
        ("truncation", TextOr(OneOf("auto", "disabled"), Object(
            ("type*", OneOf("retention_ratio")), ("retention_ratio*", Number(0, 1)), ("token_limits", Maybe(new OpenObject()))))),
        ("prompt", Prompt));

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
        ("output_modalities", Modalities), ("instructions", Text()),
        ("audio", Object(("output", Object(("format", Format), ("voice", Voice))))),
        ("tools", Tools), ("tool_choice", ToolChoice), ("parallel_tool_calls", Flag), ("reasoning", Reasoning), ("max_output_tokens", MaxTokens),
        ("conversation", OneOf("auto", "none")), ("metadata", Metadata), ("prompt", Prompt), ("input", List(new InputShape())));

    private static readonly Dictionary<string, Shape> Events = new()
    {
        ["session.update"] = Event(("session*", Session)),
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

    private sealed class OpenObject : Shape
    {
        internal override WireError? Check(JsonNode? node, string path) => node is JsonObject ? null : WireError.Kind(path, "an object", "something else");
    }

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
