using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>Input devices (linux/input.h): what they are called, which keys they have, which are down.</summary>
internal static partial class InputNative
{
    /// <summary>Bytes of a set of keys, one bit each up to KEY_MAX.</summary>
    public const int KeyBytes = 0x300 / 8;

    private const int NameBytes = 256;

    // EVIOCGNAME(256), EVIOCGBIT(EV_KEY, 96) and EVIOCGKEY(96): _IOC(READ, 'E', 0x06, 0x21 and 0x18, size).
    private const nuint GetName = 0x8100_4506;
    private const nuint GetKeys = 0x8060_4521;
    private const nuint GetKeysDown = 0x8060_4518;

    // EVIOCGRAB: _IOW('E', 0x90, int); EVIOCSCLOCKID: _IOW('E', 0xa0, int).
    private const nuint Grab = 0x4004_4590;
    private const nuint SetClock = 0x4004_45A0;
    private const int Monotonic = 1;

    /// <summary>Its name; false when this is no input device.</summary>
    public static bool TryReadName(SafeFileHandle device, out string name)
    {
        Span<byte> text = stackalloc byte[NameBytes];
        text.Clear();
        var read = Control(device, GetName, ref text[0]) >= 0;
        var end = text.IndexOf((byte)0);
        name = read ? Encoding.UTF8.GetString(end < 0 ? text : text[..end]) : "";
        return read;
    }

    /// <summary>Which keys it has; the span holds <see cref="KeyBytes"/>.</summary>
    public static bool TryReadKeys(SafeFileHandle device, Span<byte> keys) => Control(device, GetKeys, ref keys[0]) >= 0;

    /// <summary>Which keys are down now; the span holds <see cref="KeyBytes"/>.</summary>
    public static bool TryReadKeysDown(SafeFileHandle device, Span<byte> keys) => Control(device, GetKeysDown, ref keys[0]) >= 0;

    /// <summary>Takes the device for this program alone and has its events stamped with CLOCK_MONOTONIC; 0 or the error number.</summary>
    public static int TryTake(SafeFileHandle device)
    {
        var clock = Monotonic;
        return Control(device, SetClock, ref clock) < 0 || Control(device, Grab, 1) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, ref byte argument);

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, ref int argument);

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, nint argument);
}
