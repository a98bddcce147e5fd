using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct gpio_v2_line_event of linux/gpio.h.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct GpioLineEvent
{
    /// <summary>Its size.</summary>
    public const int Bytes = 48;

    /// <summary>GPIO_V2_LINE_EVENT_RISING_EDGE: from inactive to active, which for a line that is active low is from high to low.</summary>
    public const uint Rising = 1;

    /// <summary>GPIO_V2_LINE_EVENT_FALLING_EDGE.</summary>
    public const uint Falling = 2;

    public ulong TimestampNs;
    public uint Id;
    public uint Offset;
    public uint Sequence;

    /// <summary>Counts the line's edges from 1; a hole is a lost edge.</summary>
    public uint LineSequence;
}
