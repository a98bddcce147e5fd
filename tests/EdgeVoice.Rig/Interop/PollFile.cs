using System.Runtime.InteropServices;

namespace EdgeVoice.Rig.Interop;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFile
{
    public int File;
    public short Events;
    public short Happened;
}
