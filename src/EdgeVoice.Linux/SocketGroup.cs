using System.Runtime.InteropServices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux;

/// <summary>The group of people who may drive the device.</summary>
/// <remarks>One thread at a time, since the C library's look-up has one buffer.</remarks>
public static class SocketGroup
{
    /// <summary>Its name.</summary>
    public const string Name = "edgevoice-ctl";

    private const uint Unchanged = uint.MaxValue;

    /// <summary>Gives the file at <paramref name="path"/> to <see cref="Name"/>, where this machine has that group.</summary>
    /// <returns>Null when it was given or there is no such group; else why not and what to do, one line.</returns>
    public static string? TryGive(string path) => TryGive(path, Name);

    /// <summary>The same for any group.</summary>
    public static string? TryGive(string path, string group)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var entry = LibcNative.Group(group);
        if (entry == 0) return null;

        // struct group: two pointers, then the number.
        var number = (uint)Marshal.ReadInt32(entry, 2 * nint.Size);
        if (LibcNative.ChangeOwner(path, Unchanged, number) == 0) return null;
        return $"{path} cannot be given to group {group} ({Marshal.GetLastPInvokeErrorMessage()}); "
            + $"add user {Environment.UserName} to that group (in the unit: SupplementaryGroups={group})";
    }
}
