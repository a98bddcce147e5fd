using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>What watching and writing files need of libc: statx(2), inotify(7), fsync(2); and of keys: setrlimit(2).</summary>
internal static partial class FileNative
{
    /// <summary>AT_FDCWD.</summary>
    public const int CurrentDirectory = -100;

    /// <summary>STATX_BASIC_STATS.</summary>
    public const uint BasicStats = 0x7ff;

    /// <summary>RLIMIT_CORE.</summary>
    public const int CoreLimit = 4;

    /// <summary>O_RDONLY, O_DIRECTORY and O_CLOEXEC; the second differs between machines.</summary>
    public static readonly int ReadDirectory = 0x80000
        | (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 ? 0x4000 : 0x10000);

    private const string Library = "libc.so.6";

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    public static partial int Status(int directory, ref byte path, int flags, uint mask, out FileStatus status);

    [LibraryImport(Library, EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial SafeFileHandle NotifyOpen(int flags);

    [LibraryImport(Library, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NotifyAdd(SafeFileHandle notify, string path, uint mask);

    [LibraryImport(Library, EntryPoint = "inotify_rm_watch", SetLastError = true)]
    public static partial int NotifyRemove(SafeFileHandle notify, int watch);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Synchronize(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, in ResourceLimit limit);
}
