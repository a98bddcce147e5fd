namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>What <see cref="ResponseCreate"/> may ask for; whatever is left out comes from the session.</summary>
/// <param name="OutputModalities">Sound or text, one only.</param>
/// <param name="Instructions">Replaces the session's for this response.</param>
/// <param name="Audio">Format and voice of the output.</param>
/// <param name="Tools">Replaces the session's; empty for none.</param>
/// <param name="ToolChoice">Whether and which tool is called.</param>
/// <param name="ParallelToolCalls">More than one call at once; reasoning models only.</param>
/// <param name="Reasoning">Effort; reasoning models only.</param>
/// <param name="MaxOutputTokens">Limit of this response.</param>
/// <param name="Conversation"><c>auto</c> (the default) or <c>none</c> for one beside the conversation.</param>
/// <param name="Metadata">Our own tags, 16 at most, keys of 64 and values of 512 characters at most.</param>
/// <param name="Prompt">A stored prompt.</param>
/// <param name="Input">The context, instead of the conversation; empty for none.</param>
public sealed record ResponseParameters(
    IReadOnlyList<OutputModality>? OutputModalities = null,
    string? Instructions = null,
    SessionAudio? Audio = null,
    IReadOnlyList<Tool>? Tools = null,
    ToolChoice? ToolChoice = null,
    bool? ParallelToolCalls = null,
    Reasoning? Reasoning = null,
    TokenLimit? MaxOutputTokens = null,
    string? Conversation = null,
    Optional<IReadOnlyDictionary<string, string>> Metadata = default,
    Optional<Prompt> Prompt = default,
    IReadOnlyList<ConversationItem>? Input = null) : WireRecord;
