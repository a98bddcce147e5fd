using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Rig.Interop;

/// <summary>Input devices made by a program (linux/uinput.h).</summary>
internal static partial class UinputNative
{
    /// <summary>UI_SET_EVBIT: _IOW('U', 100, int).</summary>
    public const nuint SetEventType = 0x4004_5564;

    /// <summary>UI_SET_KEYBIT: _IOW('U', 101, int).</summary>
    public const nuint SetKey = 0x4004_5565;

    /// <summary>UI_DEV_SETUP: _IOW('U', 3, 92 bytes): bus, vendor, product, version, a name of 80 bytes, a number.</summary>
    public const nuint Setup = 0x405C_5503;

    /// <summary>UI_DEV_CREATE: _IO('U', 1).</summary>
    public const nuint Create = 0x5501;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, ref byte argument);
}
