using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>An item of the default conversation.</summary>
internal sealed class ConversationItem(string id, JsonObject wire)
{
    internal string Id { get; } = id;

    internal JsonObject Wire { get; set; } = wire;

    /// <summary>The turn's number, 0 as long as it has none.</summary>
    internal int Turn { get; set; }

    internal short[]? UserAudio { get; set; }

    internal int Rate { get; set; } = 24000;

    /// <summary>Assistant sound made so far, samples.</summary>
    internal long SpokenSamples { get; set; }

    internal bool Truncated { get; set; }

    /// <summary>Responses to this user item that ended in function calls.</summary>
    internal int CallRounds { get; set; }

    internal string Type => Wire["type"]!.GetValue<string>();

    internal bool IsUser => Wire["role"]?.GetValue<string>() == "user";

    /// <summary>The text parts of a message, joined; null when there is none.</summary>
    internal string? Text => TextOf(Wire);

    internal double SpokenMs => SpokenSamples * 1000.0 / Rate;

    internal static string? TextOf(JsonObject wire)
    {
        var parts = wire["content"] is JsonArray content
            ? content.OfType<JsonObject>().Where(part => part["text"] is JsonValue).Select(part => part["text"]!.GetValue<string>()).ToList()
            : [];
        return parts.Count == 0 ? null : string.Join(" ", parts);
    }
}
