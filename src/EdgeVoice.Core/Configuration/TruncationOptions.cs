using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>What the server does when the conversation has outgrown the model.</summary>
public enum TruncationMode
{
    /// <summary>Drops the oldest.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Fails.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}

/// <summary>What goes when the conversation has outgrown the model: <c>"auto"</c>, <c>"disabled"</c>, or a share that is kept.</summary>
[Alternatives]
[ShortForm(text: nameof(Mode))]
public sealed record TruncationOptions
{
    /// <summary>The server's rule; null (default) where a share is given.</summary>
    [Option("The server's rule; null where a share is given.")]
    public TruncationMode? Mode { get; init; }

    /// <summary>Share of the conversation kept each time, 0 to 1: a lower one costs memory and keeps the cache longer. Null (default) where there is a mode.</summary>
    [Option("Share of the conversation kept each time: a lower one costs memory and keeps the cache longer. Null where there is a mode.", Min = 0, Max = 1)]
    public double? RetentionRatio { get; init; }

    /// <summary>Only with <see cref="RetentionRatio"/>: tokens after the instructions at most, 0 to 1,000,000; null (default) for the model's own limit.</summary>
    [Option("Only with retentionRatio: tokens after the instructions at most; null for the model's own limit.", Unit = "tokens", Min = 0, Max = 1_000_000)]
    public int? PostInstructionsTokens { get; init; }
}
