namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>One answer of the model.</summary>
/// <param name="Object"><c>realtime.response</c>.</param>
/// <param name="Id">Its id, <c>resp_…</c>.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="StatusDetails">Why it ended so; null while running or completed.</param>
/// <param name="Output">Its items.</param>
/// <param name="ConversationId">The conversation it writes to; null for none.</param>
/// <param name="OutputModalities">What it consists of.</param>
/// <param name="MaxOutputTokens">Its limit.</param>
/// <param name="Audio">Format and voice.</param>
/// <param name="Usage">What it has cost; null while running.</param>
/// <param name="Metadata">Our own tags, as sent with <see cref="ResponseCreate"/>.</param>
public sealed record Response(
    string? Object = null,
    string Id = "",
    ResponseStatus? Status = null,
    Optional<ResponseStatusDetails> StatusDetails = default,
    IReadOnlyList<ConversationItem>? Output = null,
    Optional<string> ConversationId = default,
    IReadOnlyList<OutputModality>? OutputModalities = null,
    TokenLimit? MaxOutputTokens = null,
    SessionAudio? Audio = null,
    Optional<Usage> Usage = default,
    Optional<IReadOnlyDictionary<string, string>> Metadata = default) : WireRecord;

/// <summary>Why a response ended as it did.</summary>
/// <param name="Type">The status once more.</param>
/// <param name="Reason">Why it was cancelled or is incomplete.</param>
/// <param name="Error">Why it failed.</param>
public sealed record ResponseStatusDetails(
    ResponseStatus? Type = null,
    ResponseStatusReason? Reason = null,
    ResponseError? Error = null) : WireRecord;

/// <summary>Why a response failed.</summary>
/// <param name="Type">Kind of error.</param>
/// <param name="Code">Code, such as <c>rate_limit_exceeded</c>.</param>
/// <param name="Message">A sentence for people, where there is one.</param>
public sealed record ResponseError(string? Type = null, string? Code = null, string? Message = null) : WireRecord;

/// <summary>How far a response has come.</summary>
public enum ResponseStatus
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Still running.</summary>
    InProgress,

    /// <summary>Ended by itself.</summary>
    Completed,

    /// <summary>Ended by us or by speech.</summary>
    Cancelled,

    /// <summary>Ended by a limit or filter.</summary>
    Incomplete,

    /// <summary>Ended by an error.</summary>
    Failed,
}

/// <summary>Why a response was cancelled or is incomplete.</summary>
public enum ResponseStatusReason
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Somebody spoke.</summary>
    TurnDetected,

    /// <summary>We cancelled it.</summary>
    ClientCancelled,

    /// <summary>It reached its limit of tokens.</summary>
    MaxOutputTokens,

    /// <summary>A filter stopped it.</summary>
    ContentFilter,
}

/// <summary>What an answer consists of.</summary>
public enum OutputModality
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Sound, always with a transcript.</summary>
    Audio,

    /// <summary>Text alone.</summary>
    Text,
}

/// <summary>A limit of output tokens: a number or none.</summary>
/// <param name="Count">1 to 4096; null for "inf".</param>
public readonly record struct TokenLimit(int? Count)
{
    /// <summary>No limit: <c>"inf"</c> on the wire.</summary>
    public static TokenLimit Infinite => new(null);
}
