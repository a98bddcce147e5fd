using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>What a GPIO chip's character device tells about itself (linux/gpio.h); its lines stand in the other part.</summary>
internal static partial class GpioNative
{
    // GPIO_GET_CHIPINFO_IOCTL: _IOR(0xB4, 1, 68 bytes): name and label of 32 bytes each, number of lines.
    private const nuint GetChipInfo = 0x8044_B401;
    private const int NameBytes = 32;

    /// <summary>The chip's label and number of lines; false when this is no GPIO chip.</summary>
    public static bool TryRead(SafeFileHandle chip, out string label, out int lines)
    {
        (label, lines) = ("", 0);
        Span<byte> info = stackalloc byte[2 * NameBytes + sizeof(uint)];
        info.Clear();
        if (Control(chip, GetChipInfo, ref info[0]) < 0) return false;
        label = Text(info.Slice(NameBytes, NameBytes));
        lines = MemoryMarshal.Read<int>(info[(2 * NameBytes)..]);
        return true;
    }

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, ref byte argument);
}
