using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Who carries a tool out.</summary>
public enum ToolType
{
    /// <summary>This device.</summary>
    [JsonStringEnumMemberName("function")]
    Function,

    /// <summary>A server of the Model Context Protocol, called by the Realtime server.</summary>
    [JsonStringEnumMemberName("mcp")]
    Mcp,
}

/// <summary>Who may call an MCP server's tools.</summary>
public enum ToolCaller
{
    /// <summary>The model itself.</summary>
    [JsonStringEnumMemberName("direct")]
    Direct,

    /// <summary>A program that the model writes.</summary>
    [JsonStringEnumMemberName("programmatic")]
    Programmatic,
}

/// <summary>Something the model may call.</summary>
public sealed record ToolOptions
{
    /// <summary>Who carries it out; default function.</summary>
    [Option("Who carries it out.")]
    public ToolType Type { get; init; }

    /// <summary>Only for <c>function</c>, required: its name, letters, digits, _ and -, 64 at most.</summary>
    [Option("Only for function, required: its name, letters, digits, _ and -, 64 at most.")]
    public string? Name { get; init; }

    /// <summary>Only for <c>function</c>: when and how to call it, 1,024 characters at most; default null.</summary>
    [Option("Only for function: when and how to call it, 1,024 characters at most.")]
    public string? Description { get; init; }

    /// <summary>Only for <c>function</c>: JSON Schema of its arguments, an object; null (default) for none.</summary>
    [Option("Only for function: JSON Schema of its arguments, an object; null for none.")]
    public JsonElement? Parameters { get; init; }

    /// <summary>Only for <c>mcp</c>, required: a name for the server, letters, digits, _ and -, 64 at most.</summary>
    [Option("Only for mcp, required: a name for the server, letters, digits, _ and -, 64 at most.")]
    public string? ServerLabel { get; init; }

    /// <summary>Only for <c>mcp</c>: its address, https (http where there is no token); exactly one of this, <see cref="ConnectorId"/> and <see cref="TunnelId"/>.</summary>
    [Option("Only for mcp: its address, https (http where there is no token); exactly one of this, connectorId and tunnelId.")]
    public string? ServerUrl { get; init; }

    /// <summary>Only for <c>mcp</c>: one of the server's connectors, "connector_...".</summary>
    [Option("Only for mcp: one of the server's connectors, \"connector_...\".")]
    public string? ConnectorId { get; init; }

    /// <summary>Only for <c>mcp</c>: a tunnel, "tunnel_" and 32 letters or digits.</summary>
    [Option("Only for mcp: a tunnel, \"tunnel_\" and 32 letters or digits.")]
    public string? TunnelId { get; init; }

    /// <summary>Only for <c>mcp</c>: what it is for, 1,024 characters at most; default null.</summary>
    [Option("Only for mcp: what it is for, 1,024 characters at most.")]
    public string? ServerDescription { get; init; }

    /// <summary>Only for <c>mcp</c>: where its access token is; read at each connection. Default null.</summary>
    [Option("Only for mcp: where its access token is; read at each connection.")]
    public CredentialOptions? Authorization { get; init; }

    /// <summary>Only for <c>mcp</c>: headers to send to it, 16 at most; never a secret. Default null.</summary>
    [Option("Only for mcp: headers to send to it, 16 at most; never a secret.")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Only for <c>mcp</c>: which of its tools may be called, an array of names or a filter; null (default) for all.</summary>
    [Option("Only for mcp: which of its tools may be called, an array of names or a filter; null for all.")]
    public ToolFilterOptions? AllowedTools { get; init; }

    /// <summary>Only for <c>mcp</c>: who may call them, at least one; null (default) leaves the server's choice.</summary>
    [Option("Only for mcp: who may call them, at least one; null leaves the server's choice.")]
    public IReadOnlyList<ToolCaller>? AllowedCallers { get; init; }

    /// <summary>
    /// Only for <c>mcp</c>: which calls need an approval. Nobody can give one at a device, so such a call is refused. Null (default)
    /// leaves the server's choice, which is always.
    /// </summary>
    [Option("Only for mcp: which calls need an approval. Nobody can give one at a device, so such a call is refused. Null leaves the server's choice, which is always.")]
    public ToolApprovalOptions? RequireApproval { get; init; }

    /// <summary>Only for <c>mcp</c>: whether its tools are listed only when needed; null (default) leaves the server's choice.</summary>
    [Option("Only for mcp: whether its tools are listed only when needed; null leaves the server's choice.")]
    public bool? DeferLoading { get; init; }
}

/// <summary>Some tools of a server.</summary>
[ShortForm(list: nameof(ToolNames))]
public sealed record ToolFilterOptions
{
    /// <summary>By their names, 100 at most; null (default) for any.</summary>
    [Option("By their names, 100 at most; null for any.")]
    public IReadOnlyList<string>? ToolNames { get; init; }

    /// <summary>Only those that say they change nothing (true) or that they do (false); null (default) for both.</summary>
    [Option("Only those that say they change nothing (true) or that they do (false); null for both.")]
    public bool? ReadOnly { get; init; }
}

/// <summary>Which calls need an approval.</summary>
public enum ToolApproval
{
    /// <summary>Every one.</summary>
    [JsonStringEnumMemberName("always")]
    Always,

    /// <summary>None.</summary>
    [JsonStringEnumMemberName("never")]
    Never,
}

/// <summary>Which calls need an approval: <c>"always"</c>, <c>"never"</c>, or tools of each kind.</summary>
[Alternatives]
[ShortForm(text: nameof(Mode))]
public sealed record ToolApprovalOptions
{
    /// <summary>All or none; null (default) where there are filters.</summary>
    [Option("All or none; null where there are filters.")]
    public ToolApproval? Mode { get; init; }

    /// <summary>Tools that always need one; default null.</summary>
    [Option("Tools that always need one.")]
    public ToolFilterOptions? Always { get; init; }

    /// <summary>Tools that never need one; default null.</summary>
    [Option("Tools that never need one.")]
    public ToolFilterOptions? Never { get; init; }
}
