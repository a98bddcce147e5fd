using System.Runtime.InteropServices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux;

/// <summary>Core dumps of this process: they would hold its keys.</summary>
/// <remarks>Any thread; it counts for the whole process and for what it starts.</remarks>
public static class CoreDumps
{
    /// <summary>
    /// Sets the soft limit of core dumps to 0; the hard limit stays, so that it can be raised again from outside (<c>prlimit --core=unlimited</c>).
    /// Null when done, else one line saying why not and what to do. Of a handler that the kernel pipes dumps to, systemd-coredump keeps nothing then.
    /// </summary>
    public static string? Forbid()
    {
        if (LibcNative.GetLimit(FileNative.CoreLimit, out var limit) == 0)
        {
            limit.Soft = 0;
            if (FileNative.SetLimit(FileNative.CoreLimit, in limit) == 0) return null;
        }

        return $"core dumps cannot be forbidden, and would hold the keys: {Marshal.GetLastPInvokeErrorMessage()}; set LimitCORE=0 in the unit";
    }
}
