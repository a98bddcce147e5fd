using EdgeVoice.Core.Realtime.Protocol;
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

    [LoggerMessage(EventId = 2105, Level = LogLevel.Information, Message = "The session was exchanged for a new one before its end ({moment})")]
    private partial void LogRotated(HandoverMoment moment);

    [LoggerMessage(EventId = 2106, Level = LogLevel.Warning, Message = "No second session beside the one that is about to end: {cause}; tried again in {seconds:0} s")]
    private partial void LogNotRotated(string cause, double seconds);
}
