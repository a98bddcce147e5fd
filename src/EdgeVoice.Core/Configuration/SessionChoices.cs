using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>What answers consist of.</summary>
public enum AnswerModality
{
    /// <summary>Sound, with its text.</summary>
    [JsonStringEnumMemberName("audio")]
    Audio,

    /// <summary>Text alone: nothing is heard.</summary>
    [JsonStringEnumMemberName("text")]
    Text,
}

/// <summary>How much a reasoning model thinks before it answers.</summary>
public enum ReasoningLevel
{
    /// <summary>Least.</summary>
    [JsonStringEnumMemberName("minimal")]
    Minimal,

    /// <summary>Little; the server's default.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>More.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Much.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>Most.</summary>
    [JsonStringEnumMemberName("xhigh")]
    VeryHigh,
}

/// <summary>What the server may send in addition.</summary>
public enum SessionExtra
{
    /// <summary>How likely each piece of a transcript was.</summary>
    [JsonStringEnumMemberName("item.input_audio_transcription.logprobs")]
    TranscriptionLogprobs,
}

/// <summary>Longest answer in tokens, or the word "inf".</summary>
/// <param name="Count">Tokens; null for no limit.</param>
public readonly record struct AnswerLimit(int? Count)
{
    /// <summary>The word for no limit.</summary>
    public const string InfiniteWord = "inf";

    /// <summary>No limit.</summary>
    public static readonly AnswerLimit Infinite = new(null);
}
