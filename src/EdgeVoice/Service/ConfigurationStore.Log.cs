using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <content>What the journal is told.</content>
internal sealed partial class ConfigurationStore
{
    private void LogRefused(IReadOnlyList<string> problems, string staying)
    {
        foreach (var problem in problems) LogProblem(problem);
        LogNotTaken(path, staying);
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "Configuration {hash} is in force")]
    private partial void LogTaken(string hash);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Warning, Message = "{problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Warning, Message = "Configuration {path} is not taken: {staying}")]
    private partial void LogNotTaken(string path, string staying);

    [LoggerMessage(EventId = 1305, Level = LogLevel.Information, Message = "The file is again what is in force, configuration {hash}")]
    private partial void LogConfirmed(string hash);

    [LoggerMessage(EventId = 1306, Level = LogLevel.Error, Message = "A configuration could not be applied")]
    private partial void LogThrown(Exception thrown);

    [LoggerMessage(EventId = 1307, Level = LogLevel.Information, Message = "Changes of the configuration are found by looking every {seconds} s: inotify cannot be used")]
    private partial void LogDeaf(double seconds);
}
