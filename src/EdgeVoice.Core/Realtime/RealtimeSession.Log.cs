using EdgeVoice.Core.Realtime.Transport;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Realtime;

public sealed partial class RealtimeSession
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Session ready at {endpoint}")]
    private partial void LogReady(RealtimeEndpoint endpoint);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "No session: {cause}; next attempt in {seconds:0.##} s")]
    private partial void LogLost(string cause, double seconds);
}
