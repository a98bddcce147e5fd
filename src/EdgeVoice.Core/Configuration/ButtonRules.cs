using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Configuration;

/// <summary>What is asked of the button's and its switch's options.</summary>
internal static class ButtonRules
{
    /// <summary>Highest number of a GPIO line.</summary>
    public const int MaxLine = 1_023;

    /// <summary>Longest name of a chip's label, a line or an input device that a kernel gives.</summary>
    private const int MaxName = 255;

    /// <summary>Adds what is wrong.</summary>
    public static void Check(OptionRules rules, ButtonOptions options, bool hasIotPackages)
    {
        rules.PinBackend("button.backend", options.Backend, hasIotPackages);
        if (options.Device is { } device && !IsDevice(device))
        {
            rules.Add(
                "button.device", ValueText.Quote(device),
                "\"input:NAME\", \"input:/dev/input/...\", \"script:PATH\", \"none\", or leave the key out and name \"chip\" and \"line\"");
        }

        if (options.Key is { } key) Key(rules, options.Device, key);
        Chip(rules, "button.chip", options.Chip);
        Line(rules, "button.line", options.Line, options.Backend == PinBackend.Iot && options.Device is null);
        if (options.MuteSwitch is { } mute) MuteSwitch(rules, options, mute);
    }

    private static bool IsDevice(string device) =>
        device == "none" || HasArgument(device, "script:") || (HasArgument(device, "input:") && device.Length <= MaxName && !OptionRules.HasControl(device));

    private static bool HasArgument(string device, string kind) =>
        device.StartsWith(kind, StringComparison.Ordinal) && device.AsSpan(kind.Length).Trim().Length > 0;

    private static void Key(OptionRules rules, string? device, NumberOrName key)
    {
        if (device?.StartsWith("input:", StringComparison.Ordinal) != true)
            rules.Add("button.key", ValueText.Quote(key.ToString()), "nothing, unless \"device\" is \"input:NAME\"");
        else if (key.Name is { } name && KeyNames.CodeOf(name) is null)
            rules.Add("button.key", ValueText.Quote(name), $"a number, or a name such as \"{NearestName.Of(name, KeyNames.All)}\"");
    }

    private static void MuteSwitch(OptionRules rules, ButtonOptions options, MuteSwitchOptions mute)
    {
        Chip(rules, "button.muteSwitch.chip", mute.Chip);
        if (mute.Line is not { } line)
            rules.Add("button.muteSwitch.line", "nothing", "the number of a GPIO line, or its name in quotes");
        else if (options.Device is null && options.Chip == mute.Chip && options.Line == line)
            rules.Add("button.muteSwitch.line", ValueText.Quote(line.ToString()), "another line than the button's");
        else
            Line(rules, "button.muteSwitch.line", line, options.Backend == PinBackend.Iot);
    }

    private static void Chip(OptionRules rules, string path, string chip)
    {
        if (!OptionRules.IsName(chip, "-_.,:@"))
            rules.Add(path, ValueText.Quote(chip), "the name of a GPIO chip below /dev, such as \"gpiochip0\", or its label, such as \"pinctrl-rp1\"");
    }

    private static void Line(OptionRules rules, string path, NumberOrName line, bool isNumber)
    {
        if (isNumber && line.Name is { } name) rules.Add(path, ValueText.Quote(name), "with backend \"iot\" the number of a line");
        else rules.Text(path, line.Name, MaxName);
    }
}
