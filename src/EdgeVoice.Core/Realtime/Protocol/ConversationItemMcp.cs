using System.Text.Json;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>The tools of a remote server.</summary>
/// <param name="ServerLabel">The server.</param>
/// <param name="Tools">Its tools.</param>
public sealed record McpListToolsItem(string ServerLabel = "", IReadOnlyList<McpListedTool>? Tools = null)
    : ConversationItem("mcp_list_tools");

/// <summary>A tool of a remote server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InputSchema">JSON Schema of its arguments.</param>
/// <param name="Description">What it does.</param>
/// <param name="Annotations">Anything.</param>
public sealed record McpListedTool(
    string Name = "",
    JsonElement? InputSchema = null,
    Optional<string> Description = default,
    Optional<JsonElement?> Annotations = default) : WireRecord;

/// <summary>A call of a remote tool.</summary>
/// <param name="ServerLabel">The server.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON in a string.</param>
/// <param name="ApprovalRequestId">The approval it was asked for with.</param>
/// <param name="Output">Its answer.</param>
/// <param name="Error">Its failure.</param>
public sealed record McpCallItem(
    string ServerLabel = "",
    string Name = "",
    string Arguments = "",
    Optional<string> ApprovalRequestId = default,
    Optional<string> Output = default,
    Optional<McpCallError> Error = default) : ConversationItem("mcp_call");

/// <summary>Why a remote tool failed.</summary>
/// <param name="Type"><c>protocol_error</c>, <c>tool_execution_error</c> or <c>http_error</c>.</param>
/// <param name="Code">Protocol or HTTP code.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record McpCallError(string Type = "", int? Code = null, string? Message = null) : WireRecord;

/// <summary>The model asks whether it may call a remote tool.</summary>
/// <param name="ServerLabel">The server.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON in a string.</param>
public sealed record McpApprovalRequestItem(string ServerLabel = "", string Name = "", string Arguments = "")
    : ConversationItem("mcp_approval_request");

/// <summary>Our answer to <see cref="McpApprovalRequestItem"/>.</summary>
/// <param name="ApprovalRequestId">The request's item id.</param>
/// <param name="Approve">Whether it may.</param>
/// <param name="Reason">Why.</param>
public sealed record McpApprovalResponseItem(
    string ApprovalRequestId = "",
    bool Approve = false,
    Optional<string> Reason = default) : ConversationItem("mcp_approval_response");
