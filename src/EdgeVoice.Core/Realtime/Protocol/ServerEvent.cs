using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>One message from the server. Fields that are missing on the wire are empty strings, zero or null, never an exception.</summary>
public abstract record ServerEvent : WireRecord
{
    /// <summary>Makes an event of the given wire type.</summary>
    protected ServerEvent(string type) => Type = type;

    /// <summary>The wire's (GA) name of the event, such as <c>response.created</c>, also where an older name was received.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; }

    /// <summary>The server's id of this event; null where a server sends none.</summary>
    [JsonPropertyOrder(-1)]
    public string? EventId { get; init; }
}

/// <summary>A well-formed event whose type this program does not know: to be ignored.</summary>
/// <param name="Type">The type as received.</param>
public sealed record UnknownServerEvent(string Type) : ServerEvent(Type);

/// <summary>A message that is no event: not JSON, no type, or a field of the wrong kind. To be logged and ignored.</summary>
/// <param name="Reason">What was wrong, in one line.</param>
public sealed record MalformedServerEvent(string Reason) : ServerEvent("")
{
    /// <summary>The event's type where it could still be read, else null.</summary>
    public string? ReceivedType { get; init; }
}
