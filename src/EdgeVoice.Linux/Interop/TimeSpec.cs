using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct timespec of a machine whose time_t is as wide as its pointers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public nint Seconds;
    public nint Nanoseconds;

    /// <summary>All of it in nanoseconds.</summary>
    public readonly long Ns => Seconds * 1_000_000_000L + Nanoseconds;
}
