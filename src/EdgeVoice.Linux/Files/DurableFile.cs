using System.Runtime.InteropServices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Files;

/// <summary>Replaces a file so that a crash or a power cut at any moment leaves the old one or the new one, whole.</summary>
/// <remarks>One writer a path; readers are never in its way.</remarks>
public static class DurableFile
{
    /// <summary>What is added to the name of a file that is being written.</summary>
    public const string NextSuffix = ".next";

    /// <summary>
    /// Writes the bytes, readable and writable by the owner alone (0600). The directory is made where it is missing (0700).
    /// </summary>
    /// <exception cref="IOException">It cannot be written; the old file is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old file is untouched.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var next = path + NextSuffix;
        // One that was left behind may have another mode, or be a link.
        File.Delete(next);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(next, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        Synchronize(directory);
    }

    // Until then the new name is in memory only.
    private static void Synchronize(string directory)
    {
        using var handle = FileNative.Open(directory, FileNative.ReadDirectory);
        if (handle.IsInvalid || FileNative.Synchronize(handle) != 0)
            throw new IOException($"{directory}: cannot be written through to the disk: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
