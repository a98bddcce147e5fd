using Microsoft.Extensions.Logging;

namespace EdgeVoice.Iot.Gpio;

/// <content>What is worth a line in the journal.</content>
public sealed partial class IotButtonPin
{
    [LoggerMessage(EventId = 4011, Level = LogLevel.Warning, Message = "{problem}")]
    private partial void LogLost(string problem);

    [LoggerMessage(EventId = 4012, Level = LogLevel.Information, Message = "{name}: found")]
    private partial void LogFound(string name);
}
