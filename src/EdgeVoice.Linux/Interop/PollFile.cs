using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFile
{
    /// <summary>POLLIN of poll(2).</summary>
    public const short In = 0x1;

    /// <summary>POLLOUT.</summary>
    public const short Out = 0x4;

    /// <summary>POLLERR, POLLHUP and POLLNVAL.</summary>
    public const short Broken = 0x8 | 0x10 | 0x20;

    public int File;
    public short Events;
    public short Happened;
}
