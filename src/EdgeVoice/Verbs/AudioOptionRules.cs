using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Verbs;

/// <summary>The options that the <c>audio</c> verbs share, and what they must be.</summary>
internal static class AudioOptionRules
{
    private const double LongestSeconds = 86_400;

    /// <summary>A file cannot be read or written, or a device is missing.</summary>
    public const int DeviceMissing = 3;

    /// <summary><c>--device</c>.</summary>
    public static Option<string?> Device(bool capture)
    {
        var forms = capture ? "wav:PATH, tone:HZ and null" : "wav:PATH and null";
        var option = new Option<string?>("--device")
        {
            Description = $"Words as in the configuration (edgevoice devices lists them), {forms} too. Default: the only one there is, else ALSA's default.",
            HelpName = "DEVICE",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0) return;
            var text = result.Tokens[0].Value;
            var isDevice = capture ? DeviceStrings.TryParseCapture(text, out _, out var problem) : DeviceStrings.TryParsePlayback(text, out _, out problem);
            if (!isDevice) result.AddError($"--device: {problem}.");
        });
        return option;
    }

    /// <summary><c>--seconds</c>.</summary>
    public static Option<double?> Seconds(string description) => new("--seconds")
    {
        Description = description,
        HelpName = "S",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestSeconds)
                return seconds;
            result.AddError($"--seconds {text}: a number of seconds above 0, {LongestSeconds} at most, is meant.");
            return null;
        },
    };

    /// <summary><c>--channel</c>.</summary>
    public static Option<int> Channel() => Whole("--channel", "N", "Channel that is listened to, 0 for the first.", 0, 7, 0);

    /// <summary>An option that is a whole number in a range.</summary>
    public static Option<int> Whole(string name, string helpName, string description, int least, int most, int? otherwise)
    {
        var option = new Option<int>(name)
        {
            Description = otherwise is { } value ? $"{description} {least} to {most}; {value} by default." : $"{description} {least} to {most}.",
            HelpName = helpName,
            Required = otherwise is null,
            CustomParser = result => Parse(result, name, least, most),
        };
        if (otherwise is { } start) option.DefaultValueFactory = _ => start;
        return option;
    }

    private static int Parse(ArgumentResult result, string name, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        result.AddError($"{name} {text}: a whole number from {least} to {most} is meant.");
        return least;
    }
}
