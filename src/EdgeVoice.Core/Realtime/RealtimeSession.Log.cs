using EdgeVoice.Core.Realtime.Transport;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Realtime;

public sealed partial class RealtimeSession
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Session ready at {endpoint}")]
    private partial void LogReady(TransportEndpoint endpoint);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "No session: {cause}; next attempt in {seconds:0.##} s")]
    private partial void LogLost(string cause, double seconds);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "No session after {attempts} attempts: {cause}; next attempt in {seconds:0.##} s")]
    private partial void LogStillLost(long attempts, string cause, double seconds);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, Message = "No session: {cause}; tried again when the key or the network changes, or somebody wants an answer")]
    private partial void LogRefused(string cause);
}
