using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Something the model may call.</summary>
public abstract record Tool : WireRecord
{
    /// <summary>Makes a tool of the given wire type.</summary>
    protected Tool(string type) => Type = type;

    /// <summary>The wire's name: <c>function</c> or <c>mcp</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; }
}

/// <summary>A function of ours.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">When and how to call it.</param>
/// <param name="Parameters">JSON Schema of its arguments.</param>
public sealed record FunctionTool(string Name = "", string? Description = null, JsonElement? Parameters = null) : Tool("function");

/// <summary>The tools of a Model Context Protocol server, called by the Realtime server.</summary>
/// <param name="ServerLabel">Our name for it.</param>
/// <param name="ServerUrl">Its address; one of this, connector and tunnel.</param>
/// <param name="ConnectorId">A service connector.</param>
/// <param name="TunnelId">A tunnel.</param>
/// <param name="Authorization">Access token; secret.</param>
/// <param name="ServerDescription">What it is for.</param>
/// <param name="Headers">Headers to send; may hold secrets.</param>
/// <param name="AllowedTools">List of names, or a filter.</param>
/// <param name="AllowedCallers">Who may call.</param>
/// <param name="RequireApproval"><c>always</c> (default), <c>never</c>, or a filter.</param>
/// <param name="DeferLoading">Whether its tools are listed only when needed.</param>
public sealed record McpTool(
    string ServerLabel = "",
    string? ServerUrl = null,
    string? ConnectorId = null,
    string? TunnelId = null,
    string? Authorization = null,
    string? ServerDescription = null,
    Optional<IReadOnlyDictionary<string, string>> Headers = default,
    JsonElement? AllowedTools = null,
    Optional<IReadOnlyList<string>> AllowedCallers = default,
    JsonElement? RequireApproval = null,
    bool? DeferLoading = null) : Tool("mcp")
{
    /// <summary>The server's name alone: the other fields may hold secrets.</summary>
    public override string ToString() => $"McpTool {{ ServerLabel = {ServerLabel} }}";
}

/// <summary>A tool this program does not know; its fields are in <see cref="WireRecord.UnknownFields"/>.</summary>
/// <param name="Type">The wire's name.</param>
public sealed record UnknownTool(string Type = "") : Tool(Type);

/// <summary>Whether and which tool the model calls.</summary>
public abstract record ToolChoice : WireRecord
{
    /// <summary>The model decides: the default.</summary>
    public static ToolChoice Auto { get; } = new ToolChoiceMode("auto");

    /// <summary>No calls.</summary>
    public static ToolChoice None { get; } = new ToolChoiceMode("none");

    /// <summary>At least one call.</summary>
    public static ToolChoice Required { get; } = new ToolChoiceMode("required");
}

/// <summary>A choice by a word.</summary>
/// <param name="Mode"><c>none</c>, <c>auto</c> or <c>required</c>.</param>
public sealed record ToolChoiceMode(string Mode) : ToolChoice, IWireWord
{
    string IWireWord.Word => Mode;
}

/// <summary>This function and no other.</summary>
/// <param name="Name">Its name.</param>
public sealed record ToolChoiceFunction(string Name = "") : ToolChoice
{
    /// <summary>The wire's name.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; } = "function";
}

/// <summary>A remote server's tool.</summary>
/// <param name="ServerLabel">The server.</param>
/// <param name="Name">The tool; null for any.</param>
public sealed record ToolChoiceMcp(string ServerLabel = "", Optional<string> Name = default) : ToolChoice
{
    /// <summary>The wire's name.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; } = "mcp";
}

/// <summary>A choice this program does not know; its fields are in <see cref="WireRecord.UnknownFields"/>.</summary>
/// <param name="Type">The wire's name.</param>
public sealed record UnknownToolChoice([property: JsonPropertyOrder(-2)] string Type = "") : ToolChoice;
