using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct gpio_v2_line_request of linux/gpio.h, for one line without attributes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 592)]
internal unsafe struct GpioLineRequest
{
    /// <summary>GPIO_V2_LINE_FLAG_ACTIVE_LOW: low is the active level, in values and in edges.</summary>
    public const ulong ActiveLow = 1UL << 1;

    /// <summary>GPIO_V2_LINE_FLAG_INPUT, EDGE_RISING and EDGE_FALLING; the time stamps are CLOCK_MONOTONIC unless asked otherwise.</summary>
    public const ulong InputWithBothEdges = 1UL << 2 | 1UL << 4 | 1UL << 5;

    /// <summary>GPIO_V2_LINE_FLAG_BIAS_PULL_UP.</summary>
    public const ulong PullUp = 1UL << 8;

    /// <summary>GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN.</summary>
    public const ulong PullDown = 1UL << 9;

    /// <summary>GPIO_V2_LINE_FLAG_BIAS_DISABLED.</summary>
    public const ulong NoPull = 1UL << 10;

    /// <summary>Bytes of a consumer's name, its ending zero included.</summary>
    public const int ConsumerBytes = 32;

    [FieldOffset(0)]
    public uint Line;

    [FieldOffset(256)]
    public fixed byte Consumer[ConsumerBytes];

    [FieldOffset(288)]
    public ulong Flags;

    [FieldOffset(560)]
    public uint LineCount;

    [FieldOffset(564)]
    public uint EventBufferSize;

    [FieldOffset(588)]
    public int File;
}
