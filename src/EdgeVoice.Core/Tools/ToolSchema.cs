using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary>JSON Schemas of the device's own tools.</summary>
internal static class ToolSchema
{
    /// <summary>A tool without arguments.</summary>
    public static JsonElement None { get; } = Of("""{"type":"object","properties":{},"additionalProperties":false}""");

    /// <summary>The schema in <paramref name="json"/>.</summary>
    public static JsonElement Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
