using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>Lines through version 2 of the character device's interface (linux/gpio.h).</summary>
internal static partial class GpioNative
{
    // GPIO_V2_GET_LINEINFO_IOCTL: _IOWR(0xB4, 5, 256 bytes): name and consumer of 32 bytes each, then the line's number.
    private const nuint GetLineInfo = 0xC100_B405;
    private const int LineInfoBytes = 256;

    // GPIO_V2_GET_LINE_IOCTL: _IOWR(0xB4, 7, 592 bytes).
    private const nuint GetLine = 0xC250_B407;

    // GPIO_V2_LINE_GET_VALUES_IOCTL: _IOWR(0xB4, 14, 16 bytes): values, then which are asked for; one bit a line.
    private const nuint GetLineValues = 0xC010_B40E;

    /// <summary>A line's name (may be empty) and who uses it (empty: nobody who says so); false when there is no such line.</summary>
    public static bool TryReadLine(SafeFileHandle chip, int line, out string name, out string consumer)
    {
        Span<byte> info = stackalloc byte[LineInfoBytes];
        info.Clear();
        MemoryMarshal.Write(info[(2 * NameBytes)..], (uint)line);
        var known = Control(chip, GetLineInfo, ref info[0]) >= 0;
        name = known ? Text(info[..NameBytes]) : "";
        consumer = known ? Text(info.Slice(NameBytes, NameBytes)) : "";
        return known;
    }

    /// <summary>Asks for one line as an input that tells both edges; null and the error number when refused.</summary>
    public static unsafe SafeFileHandle? TryRequest(SafeFileHandle chip, int line, ulong flags, uint eventBuffer, out int error)
    {
        var request = new GpioLineRequest { Line = (uint)line, LineCount = 1, Flags = flags, EventBufferSize = eventBuffer };
        "edgevoice"u8.CopyTo(new Span<byte>(request.Consumer, GpioLineRequest.ConsumerBytes));
        error = Request(chip, GetLine, ref request) < 0 ? Marshal.GetLastPInvokeError() : 0;
        return error == 0 ? new SafeFileHandle(request.File, ownsHandle: true) : null;
    }

    /// <summary>Whether the requested line is active now; false when the chip is gone.</summary>
    public static bool TryReadLevel(SafeFileHandle line, out bool isActive)
    {
        Span<ulong> values = [0, 1];
        var read = Control(line, GetLineValues, ref MemoryMarshal.AsBytes(values)[0]) >= 0;
        isActive = (values[0] & 1) != 0;
        return read;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Request(SafeFileHandle file, nuint request, ref GpioLineRequest argument);
}
