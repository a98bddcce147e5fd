using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Files;

namespace EdgeVoice.Service;

/// <summary>Watches the files that hold credentials: the API key's and those of MCP servers. The keys themselves are never read here.</summary>
/// <remarks>
/// <see cref="Watch"/> and <see cref="Dispose"/> from one caller at a time. The callback runs on a pool thread, one at a time, when the files
/// have been left alone for a moment; it may come for a change that came to nothing.
/// </remarks>
internal sealed class CredentialWatch : IDisposable
{
    // A shell makes the file empty before it writes the key.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);
    private readonly Action _changed;
    private readonly ITimer _settled;
    private readonly Lock _calling = new();
    private readonly TimeSpan? _interval;
    private IReadOnlyList<string> _paths = [];
    private FileWatch? _watch;
    private bool _isOver;

    /// <summary>Watches nothing yet. <paramref name="interval"/>: as in <see cref="FileWatch"/>.</summary>
    public CredentialWatch(Action changed, TimeProvider time, TimeSpan? interval = null)
    {
        (_changed, _interval) = (changed, interval);
        _settled = time.CreateTimer(_ => Call(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches the files that these options name, in place of those before; the same ones go on being watched.</summary>
    public void Watch(EdgeVoiceOptions options)
    {
        string[] paths = [.. Of(options).Select(credential => credential.File).OfType<string>().Distinct()];
        if (paths.SequenceEqual(_paths)) return;
        var before = _watch;
        _watch = paths.Length == 0 ? null : new FileWatch(paths, () => _settled.Change(Settling, Timeout.InfiniteTimeSpan), _interval);
        _paths = paths;
        before?.Dispose();
    }

    /// <summary>What a reload does to each credential, one line each; never a key.</summary>
    public static IReadOnlyList<string> Describe(EdgeVoiceOptions options) => [.. Of(options).Select(Describe).Distinct()];

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch?.Dispose();
        _settled.Dispose();
        lock (_calling) _isOver = true;
    }

    private static IEnumerable<CredentialOptions> Of(EdgeVoiceOptions options) =>
        (options.Realtime.Tools ?? []).Select(tool => tool.Authorization).Prepend(options.Realtime.Credential).OfType<CredentialOptions>();

    private static string Describe(CredentialOptions credential) => credential switch
    {
        { File: { } file } => $"credential file {OneLine.Of(file)}: taken live",
        { Systemd: { } name } => $"systemd credential {OneLine.Of(name)}: fixed until the service restarts",
        { Environment: { } variable } => $"environment variable {OneLine.Of(variable)}: fixed until the service restarts",
        _ => "a credential that is not named",
    };

    private void Call()
    {
        lock (_calling)
            if (!_isOver)
                _changed();
    }
}
