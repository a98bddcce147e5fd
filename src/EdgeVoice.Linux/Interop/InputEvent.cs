using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct input_event of linux/input.h: 24 bytes where a word has 64 bits, 16 where it has 32.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InputEvent
{
    /// <summary>EV_SYN.</summary>
    public const ushort Synchronize = 0;

    /// <summary>EV_KEY.</summary>
    public const ushort Key = 1;

    /// <summary>SYN_REPORT: the end of what happened at once.</summary>
    public const ushort Report = 0;

    /// <summary>SYN_DROPPED: events were lost; what follows up to the next report is worth nothing.</summary>
    public const ushort Dropped = 3;

    public nuint Seconds;
    public nuint Microseconds;
    public ushort Type;
    public ushort Code;

    /// <summary>Of a key: 0 up, 1 down, 2 repeated.</summary>
    public int Value;
}
