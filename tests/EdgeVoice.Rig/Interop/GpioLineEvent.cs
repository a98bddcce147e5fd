using System.Runtime.InteropServices;

namespace EdgeVoice.Rig.Interop;

/// <summary>struct gpio_v2_line_event of linux/gpio.h.</summary>
[StructLayout(LayoutKind.Sequential, Size = 48)]
internal struct GpioLineEvent
{
    /// <summary>GPIO_V2_LINE_EVENT_RISING_EDGE.</summary>
    public const uint Rising = 1;

    public ulong TimestampNs;
    public uint Id;
    public uint Offset;
    public uint Sequence;
    public uint LineSequence;
}
