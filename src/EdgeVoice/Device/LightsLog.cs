using Microsoft.Extensions.Logging;

namespace EdgeVoice.Device;

/// <summary>Tells once when the lights begin to fail; they are tried again every second, and nobody else notices.</summary>
internal sealed partial class LightsLog(ILogger log)
{
    public void OnFailure(Exception error) => LogFailed(error.Message);

    [LoggerMessage(EventId = 1351, Level = LogLevel.Warning, Message = "The lights failed: {what}; trying again every second")]
    private partial void LogFailed(string what);
}
