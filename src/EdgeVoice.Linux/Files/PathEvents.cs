using System.Runtime.InteropServices;
using System.Text;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Files;

/// <summary>inotify(7) on every directory that paths go through and on the files at their ends.</summary>
/// <remarks>For one thread. Taking events allocates nothing; arming does.</remarks>
internal sealed class PathEvents : IDisposable
{
    // A path that moves faster than it can be followed is looked at again by whoever polls.
    private const int MaxTries = 5;
    private readonly SafeFileHandle _notify;
    private readonly byte[] _buffer = new byte[16 << 10];
    private Dictionary<int, byte[][]> _watched = [];

    private PathEvents(SafeFileHandle notify) => _notify = notify;

    /// <summary>The descriptor to poll for input; valid until disposal.</summary>
    public int Descriptor => (int)_notify.DangerousGetHandle();

    /// <summary>Watches; null where the kernel has no inotify instance left.</summary>
    public static PathEvents? TryOpen()
    {
        var notify = FileNative.NotifyOpen(LibcNative.CloseOnExec | LibcNative.NonBlocking);
        if (!notify.IsInvalid) return new PathEvents(notify);
        notify.Dispose();
        return null;
    }

    /// <summary>Watches the way that each path takes now, and nothing else; false where something of it cannot be watched.</summary>
    public bool Arm(IReadOnlyList<string> paths)
    {
        var chains = paths.Select(PathChain.Of).ToList();
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var whole = Arm(chains);
            // What moved between looking and watching was not heard.
            var now = paths.Select(PathChain.Of).ToList();
            if (chains.Zip(now).All(pair => pair.First.IsSameAs(pair.Second))) return whole;
            chains = now;
        }

        return false;
    }

    /// <summary>Takes all events there are; <paramref name="moved"/>: a path may lead elsewhere now, so arm again. True where anything concerns a path.</summary>
    public bool Take(out bool moved)
    {
        var concerned = moved = false;
        for (nint read; (read = LibcNative.Read(_notify, ref _buffer[0], (nuint)_buffer.Length)) > 0;)
        {
            for (var rest = _buffer.AsSpan(0, (int)read); rest.Length > 0;)
            {
                var head = MemoryMarshal.Read<NotifyEvent>(rest);
                var size = Marshal.SizeOf<NotifyEvent>() + (int)head.NameBytes;
                if (Concerns(head, rest[Marshal.SizeOf<NotifyEvent>()..size]))
                {
                    concerned = true;
                    moved |= (head.Mask & NotifyEvent.Content) == 0;
                }

                rest = rest[size..];
            }
        }

        return concerned;
    }

    /// <inheritdoc/>
    public void Dispose() => _notify.Dispose();

    // Overflow has no watch and concerns everything; what was removed here is not known any more.
    private bool Concerns(in NotifyEvent head, ReadOnlySpan<byte> name)
    {
        if (head.Watch < 0) return true;
        if ((head.Mask & NotifyEvent.Ignored) != 0 || !_watched.TryGetValue(head.Watch, out var names)) return false;
        if (name.IsEmpty || names.Length == 0) return true;
        var end = name.IndexOf((byte)0);
        if (end >= 0) name = name[..end];
        foreach (var known in names)
            if (name.SequenceEqual(known))
                return true;
        return false;
    }

    private bool Arm(IReadOnlyList<PathChain> chains)
    {
        var (whole, watched) = (true, new Dictionary<int, byte[][]>());
        foreach (var directory in chains.SelectMany(chain => chain.Lookups).Distinct().GroupBy(lookup => lookup.Directory))
            whole &= Add(directory.Key, NotifyEvent.OfDirectory, [.. directory.Select(lookup => Encoding.UTF8.GetBytes(lookup.Name))], watched);
        foreach (var file in chains.Select(chain => chain.File).OfType<string>().Distinct())
            whole &= Add(file, NotifyEvent.OfFile, [], watched);
        foreach (var old in _watched.Keys.Where(watch => !watched.ContainsKey(watch))) FileNative.NotifyRemove(_notify, old);
        _watched = watched;
        return whole;
    }

    private bool Add(string path, uint mask, byte[][] names, Dictionary<int, byte[][]> watched)
    {
        var watch = FileNative.NotifyAdd(_notify, path, mask);
        if (watch < 0) return false;
        watched[watch] = names;
        return true;
    }
}
