using System.Runtime.InteropServices;

namespace EdgeVoice.Rig.Interop;

/// <summary>struct gpio_v2_line_request of linux/gpio.h, for one line without attributes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 592)]
internal struct GpioLineRequest
{
    /// <summary>GPIO_V2_GET_LINE_IOCTL: _IOWR(0xB4, 7, 592 bytes).</summary>
    public const uint GetLine = 0xC250_B407;

    /// <summary>An input that tells both edges: GPIO_V2_LINE_FLAG_INPUT, EDGE_RISING and EDGE_FALLING.</summary>
    public const ulong InputWithBothEdges = 1UL << 2 | 1UL << 4 | 1UL << 5;

    [FieldOffset(0)]
    public uint Line;

    // The consumer's name, "rig" in the first of 32 bytes.
    [FieldOffset(256)]
    public uint Consumer;

    [FieldOffset(288)]
    public ulong Flags;

    [FieldOffset(560)]
    public uint LineCount;

    [FieldOffset(588)]
    public int File;
}
