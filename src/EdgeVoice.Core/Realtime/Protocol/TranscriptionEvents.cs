using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>conversation.item.input_audio_transcription.delta</c>: a piece of what the user said.</summary>
/// <param name="ItemId">The user's item.</param>
/// <param name="ContentIndex">Content part within the item; null where the server leaves it out.</param>
/// <param name="Delta">The piece.</param>
/// <param name="Logprobs">Probabilities of the tokens, where asked for.</param>
/// <param name="Obfuscation">Padding without meaning.</param>
public sealed record ConversationItemInputAudioTranscriptionDelta(
    string ItemId = "",
    int? ContentIndex = null,
    Optional<string> Delta = default,
    Optional<IReadOnlyList<LogProb>> Logprobs = default,
    string? Obfuscation = null)
    : ServerEvent("conversation.item.input_audio_transcription.delta");

/// <summary>
/// <c>conversation.item.input_audio_transcription.completed</c>: all of what the user said; may come before, during or after the answer.
/// </summary>
/// <param name="ItemId">The user's item.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Transcript">The text.</param>
/// <param name="Usage">What the transcription cost.</param>
/// <param name="Languages">Languages heard.</param>
/// <param name="Logprobs">Probabilities of the tokens, where asked for.</param>
public sealed record ConversationItemInputAudioTranscriptionCompleted(
    string ItemId = "",
    int ContentIndex = 0,
    string Transcript = "",
    TranscriptionUsage? Usage = null,
    IReadOnlyList<TranscriptionLanguage>? Languages = null,
    Optional<IReadOnlyList<LogProb>> Logprobs = default)
    : ServerEvent("conversation.item.input_audio_transcription.completed");

/// <summary><c>conversation.item.input_audio_transcription.segment</c>: one speaker's stretch, from a diarizing model.</summary>
/// <param name="ItemId">The user's item.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Text">The text.</param>
/// <param name="Id">Id of the segment.</param>
/// <param name="Speaker">Label of the speaker.</param>
/// <param name="Start">Start in seconds.</param>
/// <param name="End">End in seconds.</param>
public sealed record ConversationItemInputAudioTranscriptionSegment(
    string ItemId = "",
    int ContentIndex = 0,
    string Text = "",
    string Id = "",
    string Speaker = "",
    double Start = 0,
    double End = 0)
    : ServerEvent("conversation.item.input_audio_transcription.segment");

/// <summary><c>conversation.item.input_audio_transcription.failed</c>: no transcript of this item; the session goes on.</summary>
/// <param name="ItemId">The user's item.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Error">Why.</param>
public sealed record ConversationItemInputAudioTranscriptionFailed(
    string ItemId = "",
    int ContentIndex = 0,
    TranscriptionError? Error = null)
    : ServerEvent("conversation.item.input_audio_transcription.failed");

/// <summary>Why a transcription failed.</summary>
/// <param name="Type">Kind of error.</param>
/// <param name="Code">Code, such as <c>audio_unintelligible</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Param">The parameter at fault.</param>
public sealed record TranscriptionError(
    string? Type = null,
    string? Code = null,
    string? Message = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param = null) : WireRecord;

/// <summary>A language heard in a transcription.</summary>
/// <param name="Code">ISO-639 code.</param>
public sealed record TranscriptionLanguage(string Code = "") : WireRecord;

/// <summary>One token of a transcript and how likely it was.</summary>
/// <param name="Token">The token.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
/// <param name="Bytes">Its bytes in UTF-8.</param>
public sealed record LogProb(string Token = "", double Logprob = 0, IReadOnlyList<int>? Bytes = null) : WireRecord;
