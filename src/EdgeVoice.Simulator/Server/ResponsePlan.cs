using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>What a response is to be: the session's settings with the response's own over them, and the answer.</summary>
internal sealed record ResponsePlan(
    string Modality, JsonNode Format, JsonNode Voice, int? MaxTokens, JsonObject? Metadata, IReadOnlyList<PlannedOutput> Outputs)
{
    internal AudioCodec Codec { get; } = AudioCodec.Of(Format);

    internal int DelayMs { get; init; }

    internal double Speed { get; init; }

    internal int InputTextTokens { get; init; }

    internal int InputAudioTokens { get; init; }

    /// <summary>The user item answered; null when there is none.</summary>
    internal ConversationItem? AnswerTo { get; init; }
}
