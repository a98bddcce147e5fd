using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Playback;

/// <content>What is worth a line in the journal.</content>
public sealed partial class PlaybackLoop
{
    [LoggerMessage(EventId = 1401, Level = LogLevel.Information,
        Message = "Loudspeaker open: {Rate} Hz, {Channels} channels, period {Period} frames, buffer {Buffer} frames")]
    private partial void LogOpened(int rate, int channels, int period, int buffer);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning,
        Message = "No loudspeaker: {Why}; trying again every second, answers wait")]
    private partial void LogMissing(string why);

    [LoggerMessage(EventId = 1403, Level = LogLevel.Warning,
        Message = "Loudspeaker lost: {Why}; trying again every second, the answer goes on from what was not heard")]
    private partial void LogLost(string why);

    [LoggerMessage(EventId = 1405, Level = LogLevel.Warning, Message = "{Why}")]
    private partial void LogNotRaised(string why);

    [LoggerMessage(EventId = 1404, Level = LogLevel.Error,
        Message = "The playback thread has not ended within {Ms} ms: the sound device hangs")]
    private partial void LogHangs(int ms);
}
