using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Kind of pixel.</summary>
public enum LedType
{
    /// <summary>WS2812 and its kin: one data wire.</summary>
    [JsonStringEnumMemberName("ws2812")]
    Ws2812,

    /// <summary>SK6812: one data wire.</summary>
    [JsonStringEnumMemberName("sk6812")]
    Sk6812,

    /// <summary>SK6812 with a white channel of its own.</summary>
    [JsonStringEnumMemberName("sk6812w")]
    Sk6812White,

    /// <summary>APA102 and SK9822: data and clock.</summary>
    [JsonStringEnumMemberName("apa102")]
    Apa102,

    /// <summary>One LED of three colours on three GPIO lines, each on or off.</summary>
    [JsonStringEnumMemberName("rgb")]
    ThreeLines,
}

/// <summary>The lights.</summary>
public sealed record LedOptions
{
    /// <summary>What drives the pixels; default kernel. With iot the type is ws2812 or apa102.</summary>
    [Option("What drives the pixels. With iot the type is ws2812 or apa102.")]
    public PinBackend Backend { get; init; } = PinBackend.Kernel;

    /// <summary>Kind of pixel; default ws2812.</summary>
    [Option("Kind of pixel.")]
    public LedType Type { get; init; } = LedType.Ws2812;

    /// <summary>Path of the SPI device (not read with type rgb), <c>none</c> or <c>terminal</c>; default "/dev/spidev0.0".</summary>
    [Option("Path of the SPI device (not read with type rgb), none or terminal.")]
    public string Device { get; init; } = "/dev/spidev0.0";

    /// <summary>Number of pixels; 1 to 64, default 12. Type rgb is always one.</summary>
    [Option("Number of pixels. Type rgb is always one.", Min = 1, Max = 64)]
    public int Pixels { get; init; } = 12;

    /// <summary>
    /// Order of a pixel's channels, such as "GRB"; null (default) for the usual one: GRB, with white GRBW, of an apa102 BGR. Not read with
    /// type rgb.
    /// </summary>
    [Option("Order of a pixel's channels, such as \"GRB\"; null for the usual one: GRB, with white GRBW, of an apa102 BGR. Not read with type rgb.")]
    public string? Order { get; init; }

    /// <summary>The person's colour as on a screen; default "#18BBF2". Red, amber and white stay what they are.</summary>
    [Option("The person's colour as on a screen. Red, amber and white stay what they are.", Effect = OptionEffect.Live)]
    public string Color { get; init; } = "#18BBF2";

    /// <summary>Brightness of the whole ring as the eye sees it, 0 to 1; default 0.66. Not read with type rgb.</summary>
    [Option("Brightness of the whole ring as the eye sees it. Not read with type rgb.", Min = 0, Max = 1, Effect = OptionEffect.Live)]
    public double Brightness { get; init; } = 0.66;

    /// <summary>Most current of all pixels in milliamperes, 5 to 5,000, or 0 for no limit; default 500. Not read with type rgb.</summary>
    [Option("Most current of all pixels, 5 at least, or 0 for no limit. Not read with type rgb.", Unit = "mA", Min = 0, Max = 5_000, Effect = OptionEffect.Live)]
    public int CurrentLimitMa { get; init; } = 500;

    /// <summary>Quiet hours; null (default) for none. Not read with type rgb.</summary>
    [Option("Quiet hours; null for none. Not read with type rgb.", Effect = OptionEffect.Live)]
    public LedNightOptions? Night { get; init; }

    /// <summary>Whether one pixel glows while nothing goes on; default false.</summary>
    [Option("Whether one pixel glows while nothing goes on.", Effect = OptionEffect.Live)]
    public bool IdleGlow { get; init; }

    /// <summary>The three lines of type rgb.</summary>
    [Option("The three lines of type rgb.")]
    public LedLinesOptions Lines { get; init; } = new();
}

/// <summary>Hours of the local clock in which the lights are dimmer; what tells that the microphone is off never goes dark.</summary>
public sealed record LedNightOptions
{
    /// <summary>Beginning, "HH:MM"; default "22:00".</summary>
    [Option("Beginning of the quiet hours, \"HH:MM\".")]
    public string From { get; init; } = "22:00";

    /// <summary>End, "HH:MM"; default "07:00". Before the beginning: the next morning.</summary>
    [Option("End of the quiet hours, \"HH:MM\"; before the beginning: the next morning.")]
    public string To { get; init; } = "07:00";

    /// <summary>Highest brightness in these hours, 0 to 1; default 0.2.</summary>
    [Option("Highest brightness in these hours.", Min = 0, Max = 1)]
    public double Brightness { get; init; } = 0.2;
}

/// <summary>Where an LED of three colours is connected.</summary>
public sealed record LedLinesOptions
{
    /// <summary>GPIO chip, a name below <c>/dev</c> or a label; default "gpiochip0".</summary>
    [Option("GPIO chip, a name below /dev or a label.")]
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>Line of the red lamp; 0 to 1,023, default 5.</summary>
    [Option("Line of the red lamp.", Min = 0, Max = ButtonRules.MaxLine)]
    public int Red { get; init; } = 5;

    /// <summary>Line of the green lamp; 0 to 1,023, default 6.</summary>
    [Option("Line of the green lamp.", Min = 0, Max = ButtonRules.MaxLine)]
    public int Green { get; init; } = 6;

    /// <summary>Line of the blue lamp; 0 to 1,023, default 13.</summary>
    [Option("Line of the blue lamp.", Min = 0, Max = ButtonRules.MaxLine)]
    public int Blue { get; init; } = 13;

    /// <summary>Whether the LED's common leg goes to the supply, so that a lamp is on when its line is low; default false.</summary>
    [Option("Whether the LED's common leg goes to the supply, so that a lamp is on when its line is low.")]
    public bool CommonAnode { get; init; }
}
