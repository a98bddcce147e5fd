namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>session.created</c>: the first event of a connection, with the session's default settings.</summary>
/// <param name="Session">The settings in force.</param>
public sealed record SessionCreated(Session Session) : ServerEvent("session.created");

/// <summary><c>session.updated</c>: the answer to <see cref="SessionUpdate"/>, with all settings in force.</summary>
/// <param name="Session">The settings in force.</param>
public sealed record SessionUpdated(Session Session) : ServerEvent("session.updated");

/// <summary><c>error</c>: something failed; the session normally stays open.</summary>
/// <param name="Error">What failed.</param>
public sealed record ErrorEvent(RealtimeError Error) : ServerEvent("error");

/// <summary><c>rate_limits.updated</c>: what is left of the account's limits, at the start of a response.</summary>
/// <param name="RateLimits">The limits; often only tokens.</param>
public sealed record RateLimitsUpdated(IReadOnlyList<RateLimit> RateLimits) : ServerEvent("rate_limits.updated");

/// <summary><c>conversation.created</c>: right after the session; not every server sends it.</summary>
/// <param name="Conversation">The conversation.</param>
public sealed record ConversationCreated(Conversation Conversation) : ServerEvent("conversation.created");
