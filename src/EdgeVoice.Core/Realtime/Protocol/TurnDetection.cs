using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>How the server finds the end of a turn.</summary>
public abstract record TurnDetection : WireRecord
{
    /// <summary>Makes a detection of the given wire type.</summary>
    protected TurnDetection(string type) => Type = type;

    /// <summary>The wire's name: <c>server_vad</c> or <c>semantic_vad</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; }
}

/// <summary>By silence.</summary>
/// <param name="Threshold">0 to 1, default 0.5.</param>
/// <param name="PrefixPaddingMs">Sound kept before speech, default 300.</param>
/// <param name="SilenceDurationMs">Silence that ends a turn; always send it, defaults differ.</param>
/// <param name="IdleTimeoutMs">5000 to 30000, or null for none (the default).</param>
/// <param name="CreateResponse">Whether the end of a turn starts a response, default true.</param>
/// <param name="InterruptResponse">Whether speech ends a response, default true.</param>
public sealed record ServerVad(
    double? Threshold = null,
    int? PrefixPaddingMs = null,
    int? SilenceDurationMs = null,
    Optional<int?> IdleTimeoutMs = default,
    bool? CreateResponse = null,
    bool? InterruptResponse = null) : TurnDetection("server_vad");

/// <summary>By meaning.</summary>
/// <param name="Eagerness">How soon; low waits 8 s, medium 4 s, high 2 s at most.</param>
/// <param name="CreateResponse">Whether the end of a turn starts a response, default true.</param>
/// <param name="InterruptResponse">Whether speech ends a response, default true.</param>
public sealed record SemanticVad(
    Eagerness? Eagerness = null,
    bool? CreateResponse = null,
    bool? InterruptResponse = null) : TurnDetection("semantic_vad");

/// <summary>A detection this program does not know; its fields are in <see cref="WireRecord.UnknownFields"/>.</summary>
/// <param name="Type">The wire's name.</param>
public sealed record UnknownTurnDetection(string Type = "") : TurnDetection(Type);

/// <summary>How soon semantic detection ends a turn.</summary>
public enum Eagerness
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Waits 8 s at most.</summary>
    Low,

    /// <summary>Waits 4 s at most.</summary>
    Medium,

    /// <summary>Waits 2 s at most.</summary>
    High,

    /// <summary>As medium; the default.</summary>
    Auto,
}
