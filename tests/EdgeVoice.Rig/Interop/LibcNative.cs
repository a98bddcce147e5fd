using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Rig.Interop;

/// <summary>The few calls of libc that devices need.</summary>
internal static partial class LibcNative
{
    /// <summary>POLLIN of poll(2).</summary>
    public const short PollIn = 1;

    /// <summary>SCHED_FIFO of sched(7).</summary>
    public const int Fifo = 1;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int GetLine(SafeFileHandle file, nuint request, ref GpioLineRequest line);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int SetUInt32(SafeFileHandle file, nuint request, ref uint value);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, out GpioLineEvent edge, nuint bytes);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(ref PollFile file, nuint count, int timeoutMs);

    /// <summary>0 as the process: the calling thread. The parameters are one number, the priority.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int process, int policy, ref int priority);
}
