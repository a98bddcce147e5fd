using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>What an <see cref="ErrorEvent"/> says.</summary>
/// <param name="Type">Kind, such as <c>invalid_request_error</c>.</param>
/// <param name="Code">Code, such as <c>response_cancel_not_active</c>; may be null.</param>
/// <param name="Message">A sentence for people; some failures are told apart by it alone.</param>
/// <param name="Param">The field at fault; may be null.</param>
/// <param name="EventId">The <see cref="ClientEvent.EventId"/> that failed; null for failures without one.</param>
public sealed record RealtimeError(
    string Type = "",
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code = null,
    string Message = "",
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? EventId = null) : WireRecord;

/// <summary>One limit of the account.</summary>
/// <param name="Name"><c>requests</c> or <c>tokens</c>.</param>
/// <param name="Limit">The most in a period.</param>
/// <param name="Remaining">What is left.</param>
/// <param name="ResetSeconds">Seconds until the limit is whole again.</param>
public sealed record RateLimit(string Name = "", long Limit = 0, long Remaining = 0, double ResetSeconds = 0) : WireRecord;

/// <summary>A conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Object"><c>realtime.conversation</c>.</param>
public sealed record Conversation(string? Id = null, string? Object = null) : WireRecord;
