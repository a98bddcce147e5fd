using System.Runtime.InteropServices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux;

/// <summary>Asks the kernel to run the current thread before all ordinary ones.</summary>
/// <remarks>Any thread, for itself. The runtime's collector suspends such a thread all the same.</remarks>
public static class RealTimeThread
{
    /// <summary>The highest priority EdgeVoice asks for: below the kernel's own interrupt threads (50).</summary>
    public const int HighestPriority = 10;

    /// <summary>
    /// SCHED_FIFO for the calling thread, not for threads it starts. Null when it was granted, else one line saying why not and
    /// what to do.
    /// </summary>
    /// <param name="priority">1 to <see cref="HighestPriority"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The priority is out of range.</exception>
    public static string? TryRaise(int priority = HighestPriority)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, HighestPriority);
        var value = priority;
        if (LibcNative.SetScheduler(LibcNative.ThreadId(), LibcNative.Fifo | LibcNative.ResetOnFork, ref value) == 0) return null;
        var why = Marshal.GetLastPInvokeErrorMessage();
        var limited = LibcNative.GetLimit(LibcNative.RealTimeLimit, out var limit) == 0 && limit.Soft < (nuint)priority;
        return limited
            ? $"no real-time priority for audio: RLIMIT_RTPRIO is {limit.Soft}; set LimitRTPRIO={priority} in the unit or '@audio - rtprio {priority}' in /etc/security/limits.conf"
            : $"no real-time priority for audio: {why}; allow SCHED_FIFO to this service (CPUSchedulingPolicy=, container and cgroup limits)";
    }
}
