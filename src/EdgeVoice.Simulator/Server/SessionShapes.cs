using System.Text.Json.Nodes;
using static EdgeVoice.Simulator.Server.Shape;

namespace EdgeVoice.Simulator.Server;

/// <summary>The session object and every field it may carry; responses share some of them.</summary>
internal static class SessionShapes
{
    internal static readonly Shape Format = By(
        "type",
        ("audio/pcm", Object(("type*", Anything), ("rate", Whole(24000, 24000)))),
        ("audio/pcmu", Object(("type*", Anything))),
        ("audio/pcma", Object(("type*", Anything))));

    internal static readonly Shape Voice = TextOr(Text(), Object(("id*", Text())));
    internal static readonly Shape Modalities = List(OneOf("audio", "text"), 1);
    internal static readonly Shape MaxTokens = TextOr(OneOf("inf"), Whole(1, 4096));

    internal static readonly Shape Prompt = Maybe(Object(
        ("id*", Text()), ("version", Maybe(Text())), ("variables", Maybe(MapOf(TextOr(Text(), By(
            "type", ("input_text", Open), ("input_image", Open), ("input_file", Open))))))));

    internal static readonly Shape Reasoning = Maybe(Object(("effort", OneOf("minimal", "low", "medium", "high", "xhigh"))));

    private static readonly Shape Filter = Object(("tool_names", List(Text())), ("read_only", Flag));

    private static readonly Shape Mcp = ExactlyOne(
        ["server_url", "connector_id", "tunnel_id"],
        Object(
            ("type*", Anything), ("server_label*", Text()), ("server_url", Text()), ("connector_id", Text()), ("tunnel_id", Text()),
            ("authorization", Text()), ("server_description", Text()), ("headers", Maybe(MapOf(Text()))),
            ("allowed_tools", Maybe(ListOr(List(Text()), Filter))), ("allowed_callers", Maybe(List(OneOf("direct", "programmatic")))),
            ("require_approval", Maybe(TextOr(OneOf("always", "never"), Object(("always", Filter), ("never", Filter))))),
            ("defer_loading", Flag)));

    internal static readonly Shape Tools = List(By(
        "type",
        ("function", Object(("type*", Anything), ("name*", Text()), ("description", Maybe(Text())), ("parameters", Maybe(Open)))),
        ("mcp", Mcp)));

    internal static readonly Shape ToolChoice = TextOr(
        OneOf("none", "auto", "required"),
        By(
            "type",
            ("function", Object(("type*", Anything), ("name*", Text()))),
            ("mcp", Object(("type*", Anything), ("server_label*", Text()), ("name", Maybe(Text()))))));

    private static readonly Shape TurnDetection = By(
        "type",
        ("server_vad", Object(
            ("type*", Anything), ("threshold", Number(0, 1)), ("prefix_padding_ms", Whole(0, 10_000)), ("silence_duration_ms", Whole(0, 10_000)),
            ("create_response", Flag), ("interrupt_response", Flag), ("idle_timeout_ms", Maybe(Whole(5000, 30_000))))),
        ("semantic_vad", Object(
            ("type*", Anything), ("eagerness", OneOf("low", "medium", "high", "auto")), ("create_response", Flag), ("interrupt_response", Flag))));

    private static readonly Shape Transcription = Object(
        ("model", Text()), ("language", Text(3)), ("languages", List(Text(3))), ("keywords", List(Text())), ("prompt", Text()),
        ("delay", OneOf("minimal", "low", "medium", "high", "xhigh")));

    internal static readonly Shape Session = Object(
        ("type*", OneOf("realtime", "transcription")), ("model", Text()), ("output_modalities", Modalities), ("instructions", Text()),
        ("audio", Object(
            ("input", Object(
                ("format", Format), ("noise_reduction", Maybe(Object(("type*", OneOf("near_field", "far_field"))))),
                ("transcription", Maybe(Transcription)), ("turn_detection", Maybe(TurnDetection)))),
            ("output", Object(("format", Format), ("voice", Voice), ("speed", Number(0.25, 1.5)))))),
        ("include", Maybe(List(OneOf("item.input_audio_transcription.logprobs")))),
        ("tracing", Maybe(TextOr(OneOf("auto"), Object(("workflow_name", Text()), ("group_id", Text()), ("metadata", Open))))),
        ("tools", Tools), ("tool_choice", ToolChoice), ("parallel_tool_calls", Flag), ("reasoning", Reasoning), ("max_output_tokens", MaxTokens),
        ("truncation", TextOr(OneOf("auto", "disabled"), Object(
            ("type*", OneOf("retention_ratio")), ("retention_ratio*", Number(0, 1)),
            ("token_limits", Maybe(Object(("post_instructions", Whole(0, int.MaxValue)))))))),
        ("prompt", Prompt));

    private static Checked ExactlyOne(string[] names, Shape shape) => new Checked(shape, node =>
        node is JsonObject obj && names.Count(obj.ContainsKey) == 1 ? null : $"exactly one of {string.Join(", ", names)}");

    /// <summary>A shape and one more condition, which says what is missing.</summary>
    private sealed class Checked(Shape shape, Func<JsonNode?, string?> condition) : Shape
    {
        internal override WireError? Check(JsonNode? node, string path) => shape.Check(node, path)
            ?? (condition(node) is { } missing ? WireError.Value($"Invalid '{path}': expected {missing}.", path) : null);
    }
}
