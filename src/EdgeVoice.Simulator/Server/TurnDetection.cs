using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>Turn detection in force. Durations in milliseconds of received audio.</summary>
internal sealed record TurnDetection(
    bool Semantic, double Threshold, int PrefixPaddingMs, int SilenceDurationMs, int? IdleTimeoutMs, int PauseLimitMs, bool CreateResponse, bool InterruptResponse)
{
    /// <summary>How long after the speech a turn that the script calls complete ends.</summary>
    internal const int CompleteAfterMs = 300;

    internal static TurnDetection Of(JsonObject node)
    {
        var create = node["create_response"]!.GetValue<bool>();
        var interrupt = node["interrupt_response"]!.GetValue<bool>();
        if (node["type"]!.GetValue<string>() == "semantic_vad")
        {
            var limit = node["eagerness"]!.GetValue<string>() switch { "low" => 8000, "high" => 2000, _ => 4000 };
            return new TurnDetection(true, 0.5, 300, CompleteAfterMs, null, limit, create, interrupt);
        }
        return new TurnDetection(
            false, Number(node, "threshold"), (int)Number(node, "prefix_padding_ms"), (int)Number(node, "silence_duration_ms"),
            node["idle_timeout_ms"] is null ? null : (int)Number(node, "idle_timeout_ms"), 0, create, interrupt);
    }

    private static double Number(JsonObject node, string name) => double.Parse(node[name]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
