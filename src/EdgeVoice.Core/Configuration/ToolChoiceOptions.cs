using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Whether the model calls a tool.</summary>
public enum ToolChoiceMode
{
    /// <summary>As it sees fit.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Never.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>In every answer.</summary>
    [JsonStringEnumMemberName("required")]
    Required,
}

/// <summary>Whether and which tool the model calls: <c>"auto"</c>, <c>"none"</c>, <c>"required"</c>, or one tool.</summary>
[Alternatives]
[ShortForm(text: nameof(Mode))]
public sealed record ToolChoiceOptions
{
    /// <summary>Whether; null (default) where one tool is named.</summary>
    [Option("Whether the model calls a tool; null where one tool is named.")]
    public ToolChoiceMode? Mode { get; init; }

    /// <summary>Kind of the one tool; null (default) where there is a mode.</summary>
    [Option("Kind of the one tool; null where there is a mode.")]
    public ToolType? Type { get; init; }

    /// <summary>Name of the function (required), or of the MCP server's tool (null: any of them).</summary>
    [Option("Name of the function (required), or of the MCP server's tool (null: any of them).")]
    public string? Name { get; init; }

    /// <summary>Only for <c>mcp</c>, required: label of the server.</summary>
    [Option("Only for mcp, required: label of the server.")]
    public string? ServerLabel { get; init; }
}
