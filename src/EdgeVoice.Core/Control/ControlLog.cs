using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Control;

/// <summary>What the control socket logs; event ids 7001 to 7019.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(7001, LogLevel.Information, "control socket: listening on {Path}")]
    public static partial void Listening(ILogger logger, string path);

    [LoggerMessage(7002, LogLevel.Warning, "control socket: {Problem}")]
    public static partial void NotListening(ILogger logger, string problem);

    [LoggerMessage(7003, LogLevel.Warning, "control socket: client refused, {Clients} are connected already; {Refused} refused since the start")]
    public static partial void TooManyClients(ILogger logger, int clients, long refused);

    [LoggerMessage(7004, LogLevel.Debug, "control socket: client dropped, {Reason}")]
    public static partial void ClientDropped(ILogger logger, string reason);

    [LoggerMessage(7005, LogLevel.Error, "control socket: {Verb} failed")]
    public static partial void TargetFailed(ILogger logger, string verb, Exception exception);

    [LoggerMessage(7006, LogLevel.Warning, "control socket: cannot accept a client ({Reason}); trying again, {Failures} failures since the start")]
    public static partial void AcceptFailed(ILogger logger, string reason, long failures);

    [LoggerMessage(7007, LogLevel.Warning, "control socket: clients still busy at stop; left behind")]
    public static partial void ClientsLeft(ILogger logger);

    [LoggerMessage(7008, LogLevel.Information, "control socket: a watcher dropped, it does not read as fast as things happen")]
    public static partial void WatcherDropped(ILogger logger);

    [LoggerMessage(7009, LogLevel.Warning, "control socket: {Problem}")]
    public static partial void NotAdmitted(ILogger logger, string problem);
}
