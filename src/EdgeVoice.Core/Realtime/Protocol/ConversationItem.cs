using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>One item of a conversation.</summary>
public abstract record ConversationItem : WireRecord
{
    /// <summary>Makes an item of the given wire type.</summary>
    protected ConversationItem(string type) => Type = type;

    /// <summary>The wire's name, such as <c>message</c> or <c>function_call</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; }

    /// <summary>Id; ours when we create the item with one, otherwise the server's.</summary>
    [JsonPropertyOrder(-3)]
    public string? Id { get; init; }

    /// <summary><c>realtime.item</c> where the server says so.</summary>
    [JsonPropertyOrder(-1)]
    public string? Object { get; init; }

    /// <summary>How far it has come; sending it has no effect.</summary>
    public ItemStatus? Status { get; init; }
}

/// <summary>Something said or written.</summary>
/// <param name="Role">By whom.</param>
/// <param name="Content">Its parts, in order.</param>
public sealed record MessageItem(MessageRole Role = MessageRole.Unknown, IReadOnlyList<ContentPart>? Content = null)
    : ConversationItem("message");

/// <summary>The model calls a function of ours.</summary>
/// <param name="CallId">Id of the call, to be named in the output.</param>
/// <param name="Name">Name of the function.</param>
/// <param name="Arguments">JSON in a string; may be empty or invalid.</param>
public sealed record FunctionCallItem(string? CallId = null, string Name = "", string Arguments = "")
    : ConversationItem("function_call");

/// <summary>Our answer to a call.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Output">The answer: any text, usually JSON.</param>
public sealed record FunctionCallOutputItem(string CallId = "", string Output = "") : ConversationItem("function_call_output");

/// <summary>A reference to an item of the conversation; only in <see cref="ResponseParameters.Input"/>.</summary>
public sealed record ItemReference() : ConversationItem("item_reference");

/// <summary>An item this program does not know; its fields are in <see cref="WireRecord.UnknownFields"/>.</summary>
/// <param name="Type">The wire's name.</param>
public sealed record UnknownItem(string Type = "") : ConversationItem(Type);

/// <summary>Who speaks or writes.</summary>
public enum MessageRole
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Instructions.</summary>
    System,

    /// <summary>The person.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}

/// <summary>How far an item has come.</summary>
public enum ItemStatus
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Being written.</summary>
    InProgress,

    /// <summary>Whole.</summary>
    Completed,

    /// <summary>Cut short.</summary>
    Incomplete,
}
