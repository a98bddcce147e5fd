using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeVoice.Core.Configuration;

/// <summary>The kinds of rules, and the problems found by them; a null value breaks none.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed partial class OptionRules
{
    /// <summary>Longest path of a Unix socket: the kernel's 108 bytes with their ending zero.</summary>
    public const int MaxSocketPathBytes = 107;

    /// <summary>Why a backend is refused.</summary>
    public const string NotBuiltIn = "this build has no other; build with -p:IotPackages=true";

    private const int MaxPathBytes = 4_095;
    private const int MaxDeviceLength = 256;
    private readonly List<ConfigurationProblem> _problems = [];

    /// <summary>What was found wrong, in the order of the checks.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    /// <summary>Adds a problem.</summary>
    public void Add(ConfigurationProblem problem) => _problems.Add(problem);

    /// <summary>Adds a problem.</summary>
    public void Add(string path, string found, string allowed) => _problems.Add(new(path, found, allowed));

    /// <summary>A number within limits, both included.</summary>
    public void Range(string path, double? value, double min, double max)
    {
        if (value is { } number && !(number >= min && number <= max))
            Add(path, ValueText.Number(number), $"{ValueText.Number(min)} to {ValueText.Number(max)}");
    }

    /// <summary>A number of elements within limits, both included.</summary>
    public void Count(string path, int? value, int min, int max)
    {
        if (value is { } number && (number < min || number > max))
            Add(path, $"{number} of them", $"{min} to {max} of them");
    }

    /// <summary>One line of text that is neither empty nor too long.</summary>
    public void Text(string path, string? value, int max)
    {
        if (value is not null && (value.Trim().Length == 0 || value.Length > max || HasControl(value)))
            Add(path, ValueText.Quote(value), $"one line of 1 to {max} characters");
    }

    /// <summary>Text of any lines that is not too long.</summary>
    public void Length(string path, string? value, int max)
    {
        if (value?.Length > max)
            Add(path, $"{value.Length} characters", $"{max} characters at most");
    }

    /// <summary>A language tag.</summary>
    public void Language(string path, string? value)
    {
        if (value is not null && !LanguageTag().IsMatch(value))
            Add(path, ValueText.Quote(value), "a language code such as \"en\" or \"de-AT\"");
    }

    /// <summary>A path from the root.</summary>
    public void AbsolutePath(string path, string? value, int maxBytes = MaxPathBytes)
    {
        if (value is null)
            return;
        if (!value.StartsWith('/') || value.EndsWith('/') || HasControl(value))
            Add(path, ValueText.Quote(value), "the absolute path of a file, beginning with /");
        else if (Encoding.UTF8.GetByteCount(value) > maxBytes)
            Add(path, $"a path of {Encoding.UTF8.GetByteCount(value)} bytes", $"{maxBytes} bytes at most");
    }

    /// <summary>A sound device.</summary>
    public void AudioDevice(string path, string value, bool mayBeTone)
    {
        const string Tone = "tone:";
        if (value.StartsWith(Tone, StringComparison.Ordinal) && !(mayBeTone && IsPitch(value[Tone.Length..])))
            Add(path, ValueText.Quote(value), mayBeTone ? "\"tone:HZ\" with 20 to 20000" : "an ALSA PCM name, \"wav:PATH\" or \"null\"");
        else if (value == "wav:")
            Add(path, ValueText.Quote(value), "\"wav:PATH\"");
        else
            Text(path, value, value.StartsWith("wav:", StringComparison.Ordinal) ? MaxPathBytes : MaxDeviceLength);
    }

    /// <summary>A backend of pins and pixels that this build has.</summary>
    public void PinBackend(string path, PinBackend value, bool hasIotPackages)
    {
        if (value == Configuration.PinBackend.Iot && !hasIotPackages)
            Add(path, "\"iot\"", $"\"kernel\" ({NotBuiltIn})");
    }

    /// <summary>True for letters, digits and the given marks only, at least one, 255 at most.</summary>
    public static bool IsName(string value, string marks) =>
        value.Length is > 0 and <= 255 && value.All(c => char.IsAsciiLetterOrDigit(c) || marks.Contains(c));

    /// <summary>True where a text has line breaks or other control characters.</summary>
    public static bool HasControl(string value) => value.Any(char.IsControl);

    private static bool IsPitch(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hertz) && hertz is >= 20 and <= 20_000;

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
