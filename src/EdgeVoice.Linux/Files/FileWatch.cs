using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Files;

/// <summary>
/// Tells when what some paths lead to may have changed, however that was done: written in place, replaced by rename, by a link on
/// the way, by a directory or a mount, taken away or put back. The kernel tells at once where it can; a look every few seconds
/// finds the rest (mounts, remote file systems, no inotify left).
/// </summary>
/// <remarks>
/// The callback runs on the thread <c>ev-watch</c>, possibly several times a change and also for a change that came to nothing; it must return at
/// once. What it misses while it runs is told by another call. While nothing changes nothing is allocated. <see cref="Dispose"/> joins the thread:
/// never call it from the callback.
/// </remarks>
public sealed class FileWatch : IDisposable
{
    /// <summary>Time between two looks unless said otherwise.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(5);

    // A minute at the default interval: limits and permissions may have been mended.
    private const int LooksBeforeArmingAgain = 12;
    private readonly IReadOnlyList<string> _paths;
    private readonly byte[][] _pathBytes;
    private readonly FileStamp[] _stamps;
    private readonly Action _changed;
    private readonly int _intervalMs;
    private readonly bool _events;
    private readonly WakeFile _stop = new();
    private readonly PollFile[] _files = new PollFile[2];
    private readonly Thread _thread;
    private PathEvents? _heard;
    private volatile bool _isHearing;
    private int _looksDeaf;

    /// <summary>Begins to watch: what happens after this returns is told.</summary>
    /// <param name="paths">Paths of files, which need not exist; at least one.</param>
    /// <param name="changed">Called after a change.</param>
    /// <param name="interval">Time between two looks, 1 ms to a day; null (default) for <see cref="DefaultInterval"/>.</param>
    /// <param name="useEvents">False for looks alone; default true.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    public FileWatch(IReadOnlyList<string> paths, Action changed, TimeSpan? interval = null, bool useEvents = true)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(changed);
        var between = interval ?? DefaultInterval;
        ArgumentOutOfRangeException.ThrowIfLessThan(between, TimeSpan.FromMilliseconds(1), nameof(interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(between, TimeSpan.FromDays(1), nameof(interval));
        (_paths, _changed, _events, _intervalMs) = ([.. paths.Select(Absolute)], changed, useEvents, (int)between.TotalMilliseconds);
        _pathBytes = [.. _paths.Select(FileStamp.PathBytes)];
        _stamps = new FileStamp[_paths.Count];
        Arm();
        Stamp();
        _thread = new Thread(Work) { IsBackground = true, Name = "ev-watch" };
        _thread.Start();
    }

    /// <summary>True where the kernel tells every change at once; false where some are found by looking only.</summary>
    public bool IsHearing => _isHearing;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_thread.IsAlive) return;
        _stop.Set();
        _thread.Join();
        _heard?.Dispose();
        _stop.Dispose();
    }

    // Not Path.GetFullPath, which takes a/../b for b also where a is a link.
    private static string Absolute(string path) => path.StartsWith('/') ? path : Path.Combine(Environment.CurrentDirectory, path);

    private void Work()
    {
        while (Wait(_intervalMs))
            if (Look()) _changed();
    }

    /// <summary>Waits for an event or the time of a look; false when told to stop.</summary>
    private bool Wait(int timeoutMs)
    {
        _files[0] = new PollFile { File = _stop.Descriptor, Events = PollFile.In };
        // A negative descriptor is passed over.
        _files[1] = new PollFile { File = _heard?.Descriptor ?? -1, Events = PollFile.In };
        LibcNative.Poll(ref _files[0], 2, timeoutMs);
        return _files[0].Happened == 0;
    }

    /// <summary>Takes events and looks at the paths; true where something may have changed.</summary>
    private bool Look()
    {
        var moved = false;
        var told = _heard is not null && _heard.Take(out moved);
        var differs = Stamp();
        if (moved || differs || IsTimeToArmAgain()) Arm();
        // What changed until now is read by whoever is told now.
        if (moved || differs) Stamp();
        return told || differs;
    }

    private bool Stamp()
    {
        var differs = false;
        for (var i = 0; i < _pathBytes.Length; i++)
        {
            var stamp = FileStamp.Of(_pathBytes[i]);
            differs |= stamp != _stamps[i];
            _stamps[i] = stamp;
        }

        return differs;
    }

    private bool IsTimeToArmAgain() => _events && !_isHearing && ++_looksDeaf % LooksBeforeArmingAgain == 0;

    private void Arm()
    {
        if (!_events) return;
        _heard ??= PathEvents.TryOpen();
        _isHearing = _heard is not null && _heard.Arm(_paths);
    }
}
