using System.Collections.Concurrent;
using EdgeVoice.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Device;

/// <summary>Reads the tokens of MCP servers, anew at each connection; one that cannot be had is told once.</summary>
/// <remarks>Any thread.</remarks>
internal sealed partial class ToolTokens(ILogger log)
{
    private readonly ILogger _log = log;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>The token, or null where it cannot be had.</summary>
    public Secret? Read(CredentialOptions options)
    {
        var read = CredentialReader.Read(options);
        if (read.Error is { } error && _told.TryAdd(error, true)) LogLeftOut(error);
        return read.Secret;
    }

    [LoggerMessage(EventId = 1031, Level = LogLevel.Warning, Message = "A tool server is left out, its token cannot be had: {why}")]
    private partial void LogLeftOut(string why);
}
