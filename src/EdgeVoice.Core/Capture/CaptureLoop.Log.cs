using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Capture;

public sealed partial class CaptureLoop
{
    [LoggerMessage(1100, LogLevel.Warning, "microphone missing: {Reason}; trying again every second")]
    private partial void LogMissing(string reason);

    [LoggerMessage(1104, LogLevel.Warning, "{Reason}")]
    private partial void LogNotRaised(string reason);

    [LoggerMessage(1101, LogLevel.Information, "microphone is back: {Rate} Hz, {Channels} channel(s)")]
    private partial void LogBack(int rate, int channels);

    [LoggerMessage(1102, LogLevel.Warning, "closing the microphone failed: {Reason}")]
    private partial void LogCloseFailed(string reason);

    [LoggerMessage(1103, LogLevel.Warning, "audio.capture.channel is {Channel} but the microphone has {Channels} (from 0): all are mixed")]
    private partial void LogNoSuchChannel(int channel, int channels);
}
