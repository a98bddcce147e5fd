using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>A value that is a bare word on the wire where others of its family are objects.</summary>
internal interface IWireWord
{
    /// <summary>The word.</summary>
    string Word { get; }
}

/// <summary>A voice: one of the server's by name, or one of our own by id.</summary>
public abstract record Voice : WireRecord;

/// <summary>One of the server's voices.</summary>
/// <param name="Name">Such as <c>marin</c> or <c>cedar</c>.</param>
public sealed record NamedVoice(string Name) : Voice, IWireWord
{
    string IWireWord.Word => Name;
}

/// <summary>A voice of our own.</summary>
/// <param name="Id"><c>voice_…</c>.</param>
public sealed record CustomVoice(string Id = "") : Voice;

/// <summary>Whether and where a session is traced.</summary>
public abstract record Tracing : WireRecord;

/// <summary>Tracing by a word.</summary>
/// <param name="Mode"><c>auto</c>.</param>
public sealed record TracingMode(string Mode = "auto") : Tracing, IWireWord
{
    string IWireWord.Word => Mode;
}

/// <summary>Tracing under names of our own.</summary>
/// <param name="WorkflowName">Name of the workflow.</param>
/// <param name="GroupId">Group of the trace.</param>
/// <param name="Metadata">Anything.</param>
public sealed record TracingSettings(string? WorkflowName = null, string? GroupId = null, JsonElement? Metadata = null) : Tracing;

/// <summary>What goes when the context is full.</summary>
public abstract record Truncation : WireRecord;

/// <summary>Truncation by a word.</summary>
/// <param name="Mode"><c>auto</c>, or <c>disabled</c>: an error when the context is full.</param>
public sealed record TruncationMode(string Mode) : Truncation, IWireWord
{
    string IWireWord.Word => Mode;
}

/// <summary>Keeps a share of the context each time it is full.</summary>
/// <param name="RetentionRatio">0 to 1.</param>
/// <param name="TokenLimits">Limits.</param>
public sealed record RetentionRatioTruncation(double RetentionRatio, TokenLimits? TokenLimits = null) : Truncation
{
    /// <summary>The wire's name.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; } = "retention_ratio";
}

/// <summary>Limits of the context.</summary>
/// <param name="PostInstructions">Tokens after the instructions, 0 or more.</param>
public sealed record TokenLimits(int? PostInstructions = null) : WireRecord;

/// <summary>A truncation this program does not know; its fields are in <see cref="WireRecord.UnknownFields"/>.</summary>
/// <param name="Type">The wire's name.</param>
public sealed record UnknownTruncation([property: JsonPropertyOrder(-2)] string Type = "") : Truncation;

/// <summary>A stored prompt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version; null for the newest.</param>
/// <param name="Variables">Values for its variables: strings or input content.</param>
public sealed record Prompt(
    string Id,
    Optional<string> Version = default,
    Optional<IReadOnlyDictionary<string, JsonElement>> Variables = default) : WireRecord;
