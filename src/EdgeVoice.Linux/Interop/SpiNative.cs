using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>The spidev driver's calls (linux/spi/spidev.h).</summary>
internal static unsafe partial class SpiNative
{
    // SPI_IOC_WR_MODE: _IOW('k', 1, 1 byte).
    private const nuint SetModeRequest = 0x4001_6B01;

    // SPI_IOC_MESSAGE(1): _IOW('k', 0, 32 bytes).
    private const nuint MessageRequest = 0x4020_6B00;
    private const byte BitsPerWord = 8;

    /// <summary>Sets the mode; negative when that failed.</summary>
    public static int SetMode(SafeFileHandle device, byte mode) => Control(device, SetModeRequest, &mode);

    /// <summary>Sends bytes in one transfer and returns when the last is out; negative when that failed.</summary>
    public static int Send(SafeFileHandle device, ReadOnlySpan<byte> bytes, int clockHz)
    {
        fixed (byte* sent = bytes)
        {
            var transfer = new SpiTransfer
            {
                Sent = (ulong)sent,
                Length = (uint)bytes.Length,
                ClockHz = (uint)clockHz,
                BitsPerWord = BitsPerWord,
            };
            return Control(device, MessageRequest, &transfer);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, void* argument);
}
