using Microsoft.Extensions.Logging;

namespace EdgeVoice.Tests.Architecture.Samples.Uplink;

/// <summary>What the rules must notice: another stage used inside a method body only, a socket nobody names, log events.</summary>
internal static partial class UplinkSample
{
    public static bool Knows() => new Capture.CaptureSample().Socket is { } socket && socket.CloseStatus is null;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "the same id again")]
    public static partial void LogAgain(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "no id")]
    public static partial void LogWithout(ILogger logger);
}
