using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>What reads GPIO pins and drives pixels.</summary>
public enum PinBackend
{
    /// <summary>The kernel's own interface.</summary>
    [JsonStringEnumMemberName("kernel")]
    Kernel,

    /// <summary>The packages System.Device.Gpio and Iot.Device.Bindings, where built in.</summary>
    [JsonStringEnumMemberName("iot")]
    Iot,
}

/// <summary>Which resistor holds the button's line when it is not pressed.</summary>
public enum ButtonPull
{
    /// <summary>Up to the supply: the button connects to ground.</summary>
    [JsonStringEnumMemberName("up")]
    Up,

    /// <summary>Down to ground: the button connects to the supply.</summary>
    [JsonStringEnumMemberName("down")]
    Down,

    /// <summary>A resistor on the board; the button connects to ground.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>The push button: a GPIO line, or what <see cref="Device"/> says.</summary>
public sealed record ButtonOptions
{
    /// <summary>What reads the line; default kernel.</summary>
    public PinBackend Backend { get; init; } = PinBackend.Kernel;

    /// <summary><c>none</c> or <c>script:PATH</c> in place of a GPIO line; null (default) for the line.</summary>
    public string? Device { get; init; }

    /// <summary>GPIO chip, a name below <c>/dev</c> such as "gpiochip0" (default).</summary>
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>Line of the chip; 0 to 1,023, default 17.</summary>
    public int Line { get; init; } = 17;

    /// <summary>Which resistor holds the line; default up.</summary>
    public ButtonPull Pull { get; init; } = ButtonPull.Up;
}
