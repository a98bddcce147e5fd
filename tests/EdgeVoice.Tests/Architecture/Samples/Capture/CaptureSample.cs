using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Tests.Architecture.Samples.Capture;

/// <summary>What the rules must notice: a stage that holds a socket, and a log event.</summary>
internal sealed partial class CaptureSample
{
    public ClientWebSocket? Socket { get; init; }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "sample")]
    public static partial void LogSample(ILogger logger);
}
