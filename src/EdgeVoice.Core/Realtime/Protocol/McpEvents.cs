namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>mcp_list_tools.in_progress</c>: a server's tools are being listed.</summary>
/// <param name="ItemId">The item.</param>
public sealed record McpListToolsInProgress(string ItemId = "") : ServerEvent("mcp_list_tools.in_progress");

/// <summary><c>mcp_list_tools.completed</c>: a server's tools have been listed.</summary>
/// <param name="ItemId">The item.</param>
public sealed record McpListToolsCompleted(string ItemId = "") : ServerEvent("mcp_list_tools.completed");

/// <summary><c>mcp_list_tools.failed</c>: a server's tools could not be listed.</summary>
/// <param name="ItemId">The item.</param>
public sealed record McpListToolsFailed(string ItemId = "") : ServerEvent("mcp_list_tools.failed");

/// <summary><c>response.mcp_call_arguments.delta</c>: a piece of the arguments of a remote tool call.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="Delta">JSON in a string.</param>
/// <param name="Obfuscation">Padding without meaning.</param>
public sealed record ResponseMcpCallArgumentsDelta(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    string Delta = "",
    Optional<string> Obfuscation = default) : ServerEvent("response.mcp_call_arguments.delta");

/// <summary><c>response.mcp_call_arguments.done</c>: all arguments of a remote tool call.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="Arguments">JSON in a string.</param>
public sealed record ResponseMcpCallArgumentsDone(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    string Arguments = "") : ServerEvent("response.mcp_call_arguments.done");

/// <summary><c>response.mcp_call.in_progress</c>: a remote tool is running.</summary>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ItemId">The item.</param>
public sealed record ResponseMcpCallInProgress(int OutputIndex = 0, string ItemId = "")
    : ServerEvent("response.mcp_call.in_progress");

/// <summary><c>response.mcp_call.completed</c>: a remote tool has answered.</summary>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ItemId">The item.</param>
public sealed record ResponseMcpCallCompleted(int OutputIndex = 0, string ItemId = "")
    : ServerEvent("response.mcp_call.completed");

/// <summary><c>response.mcp_call.failed</c>: a remote tool failed.</summary>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ItemId">The item.</param>
public sealed record ResponseMcpCallFailed(int OutputIndex = 0, string ItemId = "")
    : ServerEvent("response.mcp_call.failed");
