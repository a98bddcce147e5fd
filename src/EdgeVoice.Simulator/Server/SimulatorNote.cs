namespace EdgeVoice.Simulator.Server;

/// <summary>One line of what happened on a session.</summary>
/// <param name="AtNs">Monotonic time in nanoseconds.</param>
/// <param name="SessionId">The session, or an empty text when there was none yet.</param>
/// <param name="Text">What happened, for people.</param>
public sealed record SimulatorNote(long AtNs, string SessionId, string Text);
