using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>How the server finds the end of a turn.</summary>
public enum TurnDetectionType
{
    /// <summary>By meaning.</summary>
    [JsonStringEnumMemberName("semantic_vad")]
    SemanticVad,

    /// <summary>By loudness.</summary>
    [JsonStringEnumMemberName("server_vad")]
    ServerVad,
}

/// <summary>How soon <c>semantic_vad</c> takes a pause for the end: at most 8, 4, 2 s for low, medium, high.</summary>
public enum Eagerness
{
    /// <summary>The server's choice, today medium.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Waits up to 8 s.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>Waits up to 4 s.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Waits up to 2 s.</summary>
    [JsonStringEnumMemberName("high")]
    High,
}

/// <summary>Turn detection by the server; counts in hands-free mode only.</summary>
public sealed record TurnDetectionOptions
{
    /// <summary>By meaning (default) or by loudness.</summary>
    [Option("By meaning or by loudness.")]
    public TurnDetectionType Type { get; init; } = TurnDetectionType.SemanticVad;

    /// <summary>Only for <c>semantic_vad</c>: how soon a pause is the end; null (default) leaves the server's choice.</summary>
    [Option("Only for semantic_vad: how soon a pause is the end; null leaves the server's choice.")]
    public Eagerness? Eagerness { get; init; }

    /// <summary>Only for <c>server_vad</c>: loudness that counts as speech, 0 to 1; null (default) leaves the server's 0.5.</summary>
    [Option("Only for server_vad: loudness that counts as speech; null leaves the server's 0.5.", Min = 0, Max = 1)]
    public double? Threshold { get; init; }

    /// <summary>Only for <c>server_vad</c>: sound kept before speech, in milliseconds, 0 to 5,000; null (default) leaves the server's 300.</summary>
    [Option("Only for server_vad: sound kept before speech; null leaves the server's 300.", Unit = "ms", Min = 0, Max = 5_000)]
    public int? PrefixPaddingMs { get; init; }

    /// <summary>Only for <c>server_vad</c>: silence that ends a turn, in milliseconds, 50 to 10,000; null (default) leaves the server's.</summary>
    [Option("Only for server_vad: silence that ends a turn; null leaves the server's.", Unit = "ms", Min = 50, Max = 10_000)]
    public int? SilenceDurationMs { get; init; }

    /// <summary>Whether the server answers by itself at the end of a turn; default true.</summary>
    [Option("Whether the server answers by itself at the end of a turn.")]
    public bool CreateResponse { get; init; } = true;

    /// <summary>Whether speech interrupts an answer; a press always does. Default true.</summary>
    [Option("Whether speech interrupts an answer; a press always does.")]
    public bool InterruptResponse { get; init; } = true;

    /// <summary>Only for <c>server_vad</c>: silence after which the model speaks up, in milliseconds, 5,000 to 30,000; null (default) never.</summary>
    [Option("Only for server_vad: silence after which the model speaks up; null never.", Unit = "ms", Min = 5_000, Max = 30_000)]
    public int? IdleTimeoutMs { get; init; }
}
