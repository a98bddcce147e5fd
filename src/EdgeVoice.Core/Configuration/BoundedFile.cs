using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Core.Configuration;

/// <summary>Reads a regular file whole, never more than a limit, and never waits for a pipe or a device.</summary>
public static class BoundedFile
{
    /// <summary>
    /// The bytes of the file at <paramref name="path"/>, or null with one clear <paramref name="error"/> that begins with the path.
    /// <paramref name="refuse"/> may look at the open file and name a reason against it.
    /// </summary>
    public static byte[]? Read(string path, int maxBytes, Func<SafeFileHandle, string?>? refuse, out string error)
    {
        var reason = string.Empty;
        byte[]? bytes = null;
        try
        {
            reason = ReasonAgainst(path, maxBytes) ?? string.Empty;
            if (reason.Length == 0)
                bytes = ReadRegular(path, maxBytes, refuse, out reason);
        }
        catch (UnauthorizedAccessException)
        {
            reason = $"may not be read by user {Environment.UserName}; change its owner, group or mode";
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            reason = $"cannot be read: {ValueText.Escape(e.Message, 200)}";
        }

        error = bytes is null ? $"{ValueText.Escape(path)}: {reason}" : string.Empty;
        return bytes;
    }

    private static string? ReasonAgainst(string path, int maxBytes)
    {
        if (Directory.Exists(path))
            return "is a directory; name a file in it";
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            file = target;
        if (!file.Exists)
            return "no such file (or its directory may not be entered); check the path";

        // Pipes, sockets and devices have no length: asking for it, unlike opening them, never waits.
        if (file.Length == 0)
            return "is empty or not a regular file (a pipe or a device); put the text into a regular file";
        return file.Length > maxBytes ? TooLarge(maxBytes) : null;
    }

    private static byte[]? ReadRegular(string path, int maxBytes, Func<SafeFileHandle, string?>? refuse, out string reason)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        reason = (stream.CanSeek ? refuse?.Invoke(stream.SafeFileHandle) : "is not a regular file") ?? string.Empty;
        if (reason.Length > 0)
            return null;
        var bytes = new byte[Math.Min(stream.Length, maxBytes)];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read == bytes.Length && stream.ReadByte() >= 0)
        {
            reason = read == maxBytes ? TooLarge(maxBytes) : "grew while it was read; try again";
            return null;
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static string TooLarge(int maxBytes) =>
        maxBytes >= 1 << 20 ? $"is larger than {maxBytes >> 20} MiB" : $"is larger than {maxBytes >> 10} KiB";
}
