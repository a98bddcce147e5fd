namespace EdgeVoice.Core.Conversation;

/// <summary>A call that the model made and what came of it.</summary>
/// <param name="CallId">The call, as the connection names it that made it.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON in a string, as it came.</param>
/// <param name="Output">What the model is told, usually JSON.</param>
/// <param name="IsSent">The server has been sent the output; false: its connection had gone, and no other one knows of the call.</param>
public sealed record ToolOutcome(string CallId, string Name, string Arguments, string Output, bool IsSent);
