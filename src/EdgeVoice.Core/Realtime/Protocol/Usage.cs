using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Tokens a response has cost.</summary>
/// <param name="TotalTokens">All of them.</param>
/// <param name="InputTokens">Read.</param>
/// <param name="OutputTokens">Written.</param>
/// <param name="InputTokenDetails">Read, by kind.</param>
/// <param name="OutputTokenDetails">Written, by kind.</param>
public sealed record Usage(
    int? TotalTokens = null,
    int? InputTokens = null,
    int? OutputTokens = null,
    TokenDetails? InputTokenDetails = null,
    TokenDetails? OutputTokenDetails = null) : WireRecord;

/// <summary>Tokens by kind.</summary>
/// <param name="TextTokens">Text.</param>
/// <param name="AudioTokens">Audio.</param>
/// <param name="ImageTokens">Images; input only.</param>
/// <param name="CachedTokens">Of the input, those found in the cache.</param>
/// <param name="CachedTokensDetails">The cached ones, by kind.</param>
public sealed record TokenDetails(
    int? TextTokens = null,
    int? AudioTokens = null,
    int? ImageTokens = null,
    int? CachedTokens = null,
    TokenDetails? CachedTokensDetails = null) : WireRecord;

/// <summary>What a transcription has cost: tokens or seconds.</summary>
public abstract record TranscriptionUsage : WireRecord
{
    /// <summary>Makes a usage of the given wire type.</summary>
    protected TranscriptionUsage(string type) => Type = type;

    /// <summary>The wire's name: <c>tokens</c> or <c>duration</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; }
}

/// <summary>A transcription paid by token.</summary>
/// <param name="InputTokens">Read.</param>
/// <param name="OutputTokens">Written.</param>
/// <param name="TotalTokens">All of them.</param>
/// <param name="InputTokenDetails">Read, by kind.</param>
public sealed record TranscriptionTokenUsage(
    int InputTokens = 0,
    int OutputTokens = 0,
    int TotalTokens = 0,
    TokenDetails? InputTokenDetails = null) : TranscriptionUsage("tokens");

/// <summary>A transcription paid by the length of the sound.</summary>
/// <param name="Seconds">Its length.</param>
public sealed record TranscriptionDurationUsage(double Seconds = 0) : TranscriptionUsage("duration");

/// <summary>A usage of a kind this program does not know; its fields are in <see cref="WireRecord.UnknownFields"/>.</summary>
/// <param name="Type">The wire's name.</param>
public sealed record UnknownTranscriptionUsage(string Type = "") : TranscriptionUsage(Type);
