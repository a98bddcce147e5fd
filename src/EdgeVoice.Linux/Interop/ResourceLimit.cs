using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct rlimit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public nuint Soft;
    public nuint Hard;
}
