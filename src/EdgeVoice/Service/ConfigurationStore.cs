using System.Security.Cryptography;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>
/// Keeps a good configuration in force: the file, taken when it is whole and valid, and until then the last good one. The caller says how the
/// bytes are read, whether their signature is right, and how options are applied.
/// </summary>
/// <remarks>
/// <see cref="Load"/> once and first, then <see cref="RunAsync"/> once; all else may be called by any thread. Options are applied one after
/// the other, never two at once. <see cref="Changed"/> is raised by whoever made the change, in order.
/// </remarks>
internal sealed partial class ConfigurationStore(
    string path, Func<byte[], ConfigurationResult> parse, Func<byte[], string?>? verify, LastGood? lastGood, TimeProvider time, ILogger log)
    : IDisposable
{
    private readonly ILogger _log = log;
    private readonly SemaphoreSlim _taking = new(1, 1);
    private volatile ConfigurationState _current = new();
    private volatile Func<EdgeVoiceOptions, Task<string?>>? _apply;
    private byte[]? _toKeep;
    private volatile string _rolledBackHash = "";
    private long _taken;
    private long _refused;
    private long _rolledBack;

    /// <summary>The state has changed; must return at once.</summary>
    public event Action<ConfigurationState>? Changed;

    /// <summary>Other paths whose change may make the file good, such as its signature's; default none.</summary>
    public IReadOnlyList<string> AlsoWatched { get; init; } = [];

    /// <summary>Time between two looks where the kernel tells nothing; null (default) for five seconds.</summary>
    public TimeSpan? LookInterval { get; init; }

    /// <summary>False to find changes by looking alone; default true.</summary>
    public bool UseEvents { get; init; } = true;

    /// <summary>What is in force, and what is wrong.</summary>
    public ConfigurationState Current => _current;

    /// <summary>Configurations taken since the start, the first not counted.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Times the file was found bad.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Configurations that were valid and could not be applied.</summary>
    public long RolledBack => Interlocked.Read(ref _rolledBack);

    /// <summary>
    /// Reads the file, or where it is missing or bad the last good copy; where that is none either, the options are null and the problems say why.
    /// </summary>
    public ConfigurationState Load()
    {
        var file = Read(out var problem) is { } bytes ? Parse(bytes) : Candidate.Bad(problem);
        if (file.Options is not null)
        {
            _toKeep = file.Bytes;
            return Set(InForce(file, ConfigurationState.FromFile));
        }

        var copy = ReadLastGood();
        IReadOnlyList<string> problems = copy is null ? file.Problems : [.. file.Problems, .. copy.Problems];
        var state = copy is { Options: not null } ? InForce(copy, ConfigurationState.FromLastGood) : new ConfigurationState();
        Set(state with { Problems = problems, FileDiffers = true });
        LogRefused(problems, Staying);
        return _current;
    }

    /// <summary>What a configuration was rolled back for may have been mended: it is tried once more. Any thread.</summary>
    public void TryAgain()
    {
        if (_rolledBackHash.Length == 0) return;
        _rolledBackHash = "";
        Touch();
    }

    /// <summary>
    /// Reads the file now, whatever was found before, and answers with one line for people: taken, unchanged, refused or rolled back.
    /// </summary>
    public async Task<string> ReloadAsync()
    {
        await _taking.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_apply is null) return "the device is not ready for another configuration; try again in a moment";
            return (await TakeAsync(again: true, tellBad: true).ConfigureAwait(false)).Line;
        }
        finally
        {
            _taking.Release();
        }
    }

    /// <summary>After <see cref="RunAsync"/> has ended.</summary>
    public void Dispose() => _taking.Dispose();

    // The bytes of the file, or why they are refused unread.
    private byte[]? Read(out string problem)
    {
        var bytes = BoundedFile.Read(path, ConfigurationReader.MaxBytes, refuse: null, out problem);
        if (bytes is null || verify?.Invoke(bytes) is not { } why) return bytes;
        problem = $"{OneLine.Of(path)}: {why}";
        return null;
    }

    // Null where there is no copy.
    private Candidate? ReadLastGood()
    {
        string? problem = null;
        if (lastGood?.Load(verify is not null, out problem) is not { } bytes) return problem is null ? null : Candidate.Bad(problem);
        var copy = Parse(bytes);
        return copy.Options is not null ? copy : Candidate.Bad($"{lastGood.FilePath}: is not valid for this version and not used");
    }

    private Candidate Parse(byte[] bytes)
    {
        var result = parse(bytes);
        return new Candidate(bytes, HashOf(bytes), result.Options, result.Options is null ? result.Errors : [], result.Warnings);
    }

    private ConfigurationState InForce(Candidate candidate, string source) => new()
    {
        Options = candidate.Options,
        Source = source,
        Hash = candidate.Hash,
        SinceNs = time.NowNs(),
        Warnings = candidate.Warnings,
    };

    private ConfigurationState Set(ConfigurationState state)
    {
        _current = state;
        Changed?.Invoke(state);
        return state;
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];

    /// <summary>What was read: good where there are options.</summary>
    private sealed record Candidate(
        byte[] Bytes, string Hash, EdgeVoiceOptions? Options, IReadOnlyList<string> Problems, IReadOnlyList<string> Warnings)
    {
        public static Candidate Bad(string problem) => new([], "", null, [problem], []);
    }
}
