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
[ShortForm(text: nameof(Mode))]
public sealed record TruncationOptions
{
    /// <summary>The server's rule; null (default) where a share is given.</summary>
    public TruncationMode? Mode { get; init; }

    /// <summary>Share of the conversation kept each time, 0 to 1: a lower one costs memory and keeps the cache longer. Null (default) where there is a mode.</summary>
    public double? RetentionRatio { get; init; }

    /// <summary>Only with <see cref="RetentionRatio"/>: tokens after the instructions at most, 0 to 1,000,000; null (default) for the model's own limit.</summary>
    public int? PostInstructionsTokens { get; init; }
}
