using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Conversation;

public sealed partial class ConversationLoop
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "Turn {from} -> {to} ({why})")]
    private partial void LogTurn(TurnState from, TurnState to, string why);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "Conversation loop stopped in {turn}")]
    private partial void LogStopped(TurnState turn);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "The server could not answer: {why}")]
    private partial void LogFailed(string why);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Debug, Message = "Harmless race: {what}")]
    private partial void LogHarmless(string what);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Warning, Message = "The new session did not take a part of the conversation so far: {what}")]
    private partial void LogNotTold(string what);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "The server reports {code}: {what} (parameter {parameter})")]
    private partial void LogError(string code, string what, string parameter);
}
