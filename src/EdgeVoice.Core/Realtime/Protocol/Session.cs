namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>The settings of a session: as sent (only what is mentioned changes) and as the server reports them (all of them).</summary>
/// <param name="Type"><c>realtime</c> or <c>transcription</c>; required in every update.</param>
/// <param name="Object">Reported only: <c>realtime.session</c>.</param>
/// <param name="Id">Reported only: <c>sess_…</c>.</param>
/// <param name="Model">Model; cannot be changed.</param>
/// <param name="OutputModalities">Sound or text, one only.</param>
/// <param name="Instructions">System prompt; "" clears it.</param>
/// <param name="Tools">What the model may call; empty clears them.</param>
/// <param name="ToolChoice">Whether and which tool is called.</param>
/// <param name="ParallelToolCalls">More than one call at once; reasoning models only.</param>
/// <param name="Reasoning">Effort; reasoning models only.</param>
/// <param name="MaxOutputTokens">Limit of each response.</param>
/// <param name="Tracing">Traces; cannot be changed once on.</param>
/// <param name="Truncation">What goes when the context is full.</param>
/// <param name="Prompt">A stored prompt.</param>
/// <param name="ExpiresAt">Reported only: end of the session, seconds since 1970.</param>
/// <param name="Audio">Sound both ways.</param>
/// <param name="Include">Extras: <c>item.input_audio_transcription.logprobs</c>.</param>
public sealed record Session(
    string Type = "realtime",
    string? Object = null,
    string? Id = null,
    string? Model = null,
    IReadOnlyList<OutputModality>? OutputModalities = null,
    Optional<string> Instructions = default,
    IReadOnlyList<Tool>? Tools = null,
    ToolChoice? ToolChoice = null,
    bool? ParallelToolCalls = null,
    Optional<Reasoning> Reasoning = default,
    TokenLimit? MaxOutputTokens = null,
    Optional<Tracing> Tracing = default,
    Optional<Truncation> Truncation = default,
    Optional<Prompt> Prompt = default,
    long? ExpiresAt = null,
    SessionAudio? Audio = null,
    Optional<IReadOnlyList<string>> Include = default) : WireRecord;

/// <summary>How much a reasoning model thinks.</summary>
/// <param name="Effort">How much.</param>
public sealed record Reasoning(ReasoningEffort? Effort = null) : WireRecord;

/// <summary>How much a reasoning model thinks.</summary>
public enum ReasoningEffort
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Least.</summary>
    Minimal,

    /// <summary>The default.</summary>
    Low,

    /// <summary>More.</summary>
    Medium,

    /// <summary>Much.</summary>
    High,

    /// <summary>Most.</summary>
    Xhigh,
}
