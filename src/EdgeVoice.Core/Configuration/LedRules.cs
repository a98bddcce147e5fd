using System.Globalization;
using System.Text.RegularExpressions;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Configuration;

/// <summary>What must hold of the lights' options.</summary>
internal static partial class LedRules
{
    // A lamp joins another when it has 58 % of its brightness on a screen (30 % of its light), here rounded up; else the LED would show red alone.
    private const double ShareOfRed = 0.6;
    private const int LeastOfALamp = 0x80;

    // Less would not light one pixel.
    private const int LeastLimitMa = 5;

    /// <summary>Adds every rule that they break.</summary>
    public static void Check(OptionRules rules, LedOptions options, bool hasIotPackages)
    {
        rules.PinBackend("led.backend", options.Backend, hasIotPackages);
        if (options.Device is not ("none" or "terminal") && (!options.Device.StartsWith("/dev/", StringComparison.Ordinal) || OptionRules.HasControl(options.Device)))
            rules.Add("led.device", ValueText.Quote(options.Device), "the path of an SPI device such as \"/dev/spidev0.0\", \"none\" or \"terminal\"");
        if (options.Backend == PinBackend.Iot && options.Device.StartsWith("/dev/", StringComparison.Ordinal)) Iot(rules, options);
        Order(rules, options);
        Color(rules, options);
        if (options.CurrentLimitMa is > 0 and < LeastLimitMa) rules.Add("led.currentLimitMa", ValueText.Number(options.CurrentLimitMa), $"0 for no limit, or {LeastLimitMa} at least");
        if (options.Night is { } night) Night(rules, night);
        Lines(rules, options.Lines);
    }

    private static void Iot(OptionRules rules, LedOptions options)
    {
        if (options.Type is not (LedType.Ws2812 or LedType.Apa102))
            rules.Add("led.type", ValueText.Quote(options.Type switch { LedType.Sk6812 => "sk6812", LedType.Sk6812White => "sk6812w", _ => "rgb" }), "with backend \"iot\" \"ws2812\" or \"apa102\"");
        if (!SpiDevicePath.TryParse(options.Device, out _, out _))
            rules.Add("led.device", ValueText.Quote(options.Device), "with backend \"iot\" a path such as \"/dev/spidev0.0\"");
    }

    private static void Order(OptionRules rules, LedOptions options)
    {
        var letters = options.Type == LedType.Sk6812White ? "RGBW" : "RGB";
        if (options.Order is { } order && (order.Length != letters.Length || !letters.All(order.Contains)))
            rules.Add("led.order", ValueText.Quote(order), $"the letters {letters} in the order of the pixels, such as \"{(letters.Length == 4 ? "GRBW" : "GRB")}\"");
    }

    private static void Color(OptionRules rules, LedOptions options)
    {
        if (!ColorText().IsMatch(options.Color))
            rules.Add("led.color", ValueText.Quote(options.Color), "a colour such as \"#18BBF2\": two hexadecimal digits each for red, green and blue");
        else if (options.Type == LedType.ThreeLines && IsRedOrDark(Convert.FromHexString(options.Color[1..])))
            rules.Add("led.color", ValueText.Quote(options.Color), "with type \"rgb\" a colour that is not red, which means trouble, and not dark");
    }

    private static bool IsRedOrDark(byte[] color) => color.Max() < LeastOfALamp || Math.Max(color[1], color[2]) < color[0] * ShareOfRed;

    private static void Night(OptionRules rules, LedNightOptions night)
    {
        var from = Hour(rules, "led.night.from", night.From);
        var to = Hour(rules, "led.night.to", night.To);
        if (from is not null && from == to)
            rules.Add("led.night.to", ValueText.Quote(night.To), "another time than led.night.from; for all day set led.brightness");
    }

    private static TimeOnly? Hour(OptionRules rules, string path, string text)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        rules.Add(path, ValueText.Quote(text), "a time of day from \"00:00\" to \"23:59\"");
        return null;
    }

    private static void Lines(OptionRules rules, LedLinesOptions lines)
    {
        if (!OptionRules.IsName(lines.Chip, "-_.:"))
            rules.Add("led.lines.chip", ValueText.Quote(lines.Chip), "the name of a GPIO chip below /dev, such as \"gpiochip0\", or its label");
        if (lines.Green == lines.Red) rules.Add("led.lines.green", ValueText.Number(lines.Green), "a line of its own");
        else if (lines.Blue == lines.Red || lines.Blue == lines.Green) rules.Add("led.lines.blue", ValueText.Number(lines.Blue), "a line of its own");
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColorText();
}
