using System.Text;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Files;

/// <summary>What statx(2) tells of the file that a path leads to; two that differ are two states of it.</summary>
/// <param name="Exists">False where the path leads nowhere or may not be entered; all else is then 0.</param>
/// <param name="Device">Number of the file system.</param>
/// <param name="Inode">Number of the file in it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last write, in nanoseconds as the file system keeps it; only ever compared.</param>
/// <param name="Changed">Time of the last change of content, mode or owner, as before.</param>
public readonly record struct FileStamp(bool Exists, ulong Device, ulong Inode, ulong Size, long Modified, long Changed)
{
    /// <summary>The path as <see cref="Of"/> wants it: UTF-8, ended by a zero.</summary>
    public static byte[] PathBytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    /// <summary>The stamp of what <paramref name="path"/> leads to, links followed. Allocates nothing.</summary>
    public static FileStamp Of(byte[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path[^1] != 0) throw new ArgumentException("A path must end with a zero.", nameof(path));
        if (FileNative.Status(FileNative.CurrentDirectory, ref path[0], 0, FileNative.BasicStats, out var status) != 0) return default;
        return new FileStamp(
            Exists: true,
            ((ulong)status.DeviceMajor << 32) | status.DeviceMinor,
            status.Inode,
            status.Size,
            status.ModifiedSeconds * 1_000_000_000 + status.ModifiedNanoseconds,
            status.ChangedSeconds * 1_000_000_000 + status.ChangedNanoseconds);
    }
}
