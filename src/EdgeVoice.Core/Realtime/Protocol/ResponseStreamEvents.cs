namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>response.output_audio.delta</c>: sound of the answer.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Delta">Base64 of the session's output format.</param>
/// <param name="Obfuscation">Padding without meaning.</param>
public sealed record ResponseOutputAudioDelta(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0,
    string Delta = "",
    string? Obfuscation = null) : ServerEvent("response.output_audio.delta");

/// <summary><c>response.output_audio.done</c>: no more sound of this part will be generated (it may still be playing).</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
public sealed record ResponseOutputAudioDone(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0) : ServerEvent("response.output_audio.done");

/// <summary><c>response.output_audio_transcript.delta</c>: a piece of the text of the spoken answer; runs ahead of the sound.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Delta">The piece.</param>
/// <param name="Obfuscation">Padding without meaning.</param>
public sealed record ResponseOutputAudioTranscriptDelta(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0,
    string Delta = "",
    string? Obfuscation = null) : ServerEvent("response.output_audio_transcript.delta");

/// <summary>
/// <c>response.output_audio_transcript.done</c>: all text generated for the part, more than was heard after an interruption.
/// </summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Transcript">The text.</param>
public sealed record ResponseOutputAudioTranscriptDone(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0,
    string Transcript = "") : ServerEvent("response.output_audio_transcript.done");

/// <summary><c>response.output_text.delta</c>: a piece of a written answer.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Delta">The piece.</param>
/// <param name="Obfuscation">Padding without meaning.</param>
public sealed record ResponseOutputTextDelta(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0,
    string Delta = "",
    string? Obfuscation = null) : ServerEvent("response.output_text.delta");

/// <summary><c>response.output_text.done</c>: all of a written answer.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Text">The text.</param>
public sealed record ResponseOutputTextDone(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0,
    string Text = "") : ServerEvent("response.output_text.done");

/// <summary><c>response.function_call_arguments.delta</c>: a piece of a call's arguments.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="CallId">The call.</param>
/// <param name="Delta">The piece of JSON.</param>
/// <param name="Obfuscation">Padding without meaning.</param>
public sealed record ResponseFunctionCallArgumentsDelta(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    string CallId = "",
    string Delta = "",
    string? Obfuscation = null) : ServerEvent("response.function_call_arguments.delta");

/// <summary><c>response.function_call_arguments.done</c>: all arguments of a call.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="CallId">The call.</param>
/// <param name="Name">Name of the function.</param>
/// <param name="Arguments">JSON in a string; may be empty or invalid.</param>
public sealed record ResponseFunctionCallArgumentsDone(
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    string CallId = "",
    string Name = "",
    string Arguments = "") : ServerEvent("response.function_call_arguments.done");
