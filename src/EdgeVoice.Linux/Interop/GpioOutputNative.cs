using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>Output lines of a GPIO chip, version 2 of the kernel's interface (linux/gpio.h).</summary>
internal static partial class GpioOutputNative
{
    /// <summary>Most lines of one request: GPIO_V2_LINES_MAX.</summary>
    public const int MaxLines = 64;

    // GPIO_V2_GET_LINE_IOCTL: _IOWR(0xB4, 7, 592 bytes): offsets, consumer, configuration, number of lines, room for events, descriptor.
    private const nuint GetLineRequest = 0xC250_B407;
    private const int RequestBytes = 592;
    private const int ConsumerOffset = 256;
    private const int ConsumerBytes = 32;
    private const int FlagsOffset = 288;
    private const int LineCountOffset = 560;
    private const int DescriptorOffset = 588;

    // GPIO_V2_LINE_SET_VALUES_IOCTL: _IOWR(0xB4, 15, 16 bytes): bits and mask.
    private const nuint SetValuesRequest = 0xC010_B40F;
    private const ulong ActiveLow = 1 << 1;
    private const ulong Output = 1 << 3;

    /// <summary>Takes lines as outputs that are off at once; null when that failed, with the error for the caller to read.</summary>
    public static SafeFileHandle? Request(SafeFileHandle chip, ReadOnlySpan<int> lines, string consumer, bool activeLow)
    {
        Span<byte> request = stackalloc byte[RequestBytes];
        request.Clear();
        for (var i = 0; i < lines.Length; i++) MemoryMarshal.Write(request[(i * sizeof(int))..], lines[i]);
        Encoding.UTF8.GetBytes(consumer, request.Slice(ConsumerOffset, ConsumerBytes - 1));
        MemoryMarshal.Write(request[FlagsOffset..], activeLow ? Output | ActiveLow : Output);
        MemoryMarshal.Write(request[LineCountOffset..], lines.Length);
        if (Control(chip, GetLineRequest, ref request[0]) < 0) return null;
        return new SafeFileHandle(MemoryMarshal.Read<int>(request[DescriptorOffset..]), ownsHandle: true);
    }

    /// <summary>Sets all of so many lines, bit 0 being the first; negative when that failed.</summary>
    public static int Set(SafeFileHandle lines, ulong bits, int count)
    {
        Span<byte> values = stackalloc byte[2 * sizeof(ulong)];
        MemoryMarshal.Write(values, bits);
        MemoryMarshal.Write(values[sizeof(ulong)..], count == MaxLines ? ulong.MaxValue : (1ul << count) - 1);
        return Control(lines, SetValuesRequest, ref values[0]);
    }

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, ref byte argument);
}
