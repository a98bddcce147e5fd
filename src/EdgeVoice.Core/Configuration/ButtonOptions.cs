using System.Text.Json.Serialization;
using EdgeVoice.Core.Devices;

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
    /// <summary>What reads the lines of button and switch; default kernel. With iot a line is a number, and no chip is read.</summary>
    [Option("What reads the lines of button and switch. With iot a line is a number, and no chip is read.")]
    public PinBackend Backend { get; init; } = PinBackend.Kernel;

    /// <summary>
    /// In place of a GPIO line: <c>input:NAME</c> (an input device by its name, or by a path below <c>/dev/input</c>), <c>script:PATH</c>
    /// or <c>none</c>; null (default) for the line.
    /// </summary>
    [Option("In place of a GPIO line: input:NAME (an input device by its name, or by a path below /dev/input), script:PATH or none; null for the line.")]
    public string? Device { get; init; }

    /// <summary>Which key of an input device, by number or by a name such as "KEY_ENTER"; null (default) for any.</summary>
    [Option("Which key of an input device, by number or by a name such as \"KEY_ENTER\"; null for any.", Min = 0, Max = KeyNames.MaxCode)]
    public NumberOrName? Key { get; init; }

    /// <summary>GPIO chip, a name below <c>/dev</c> such as "gpiochip0" (default), or its label, such as "pinctrl-rp1".</summary>
    [Option("GPIO chip, a name below /dev, or its label, such as \"pinctrl-rp1\".")]
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>Number (0 to 1,023) or name of the line, such as "GPIO17"; default 17.</summary>
    [Option("Number or name of the line, such as \"GPIO17\".", Min = 0, Max = ButtonRules.MaxLine)]
    public NumberOrName Line { get; init; } = new(17);

    /// <summary>Which resistor holds the line; default up.</summary>
    [Option("Which resistor holds the line.")]
    public ButtonPull Pull { get; init; } = ButtonPull.Up;

    /// <summary>What each gesture does.</summary>
    [Option("What each gesture does.", Effect = OptionEffect.Live)]
    public ButtonActionOptions Actions { get; init; } = new();

    /// <summary>A switch for the microphone on a line of its own; null (default): there is none.</summary>
    [Option("A switch for the microphone on a line of its own; null: there is none.")]
    public MuteSwitchOptions? MuteSwitch { get; init; }
}
