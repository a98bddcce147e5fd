using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct spi_ioc_transfer of linux/spi/spidev.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpiTransfer
{
    public ulong Sent;
    public ulong Received;
    public uint Length;
    public uint ClockHz;
    public ushort DelayUs;
    public byte BitsPerWord;
    public byte ChipSelectChange;
    public byte SentWires;
    public byte ReceivedWires;
    public byte WordDelayUs;
    public byte Padding;
}
