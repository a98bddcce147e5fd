using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Realtime;

public sealed partial class RealtimeConnection
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "The server sent {what}; it was passed over")]
    private partial void LogUnusable(string what);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "A message of the server could not be read and was passed over: {reason}")]
    private partial void LogMalformed(string reason);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Debug, Message = "An event this program does not know was passed over: {type}")]
    private partial void LogUnknown(string type);
}
