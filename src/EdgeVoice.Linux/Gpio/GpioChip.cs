using System.Collections.Immutable;

namespace EdgeVoice.Linux.Gpio;

/// <summary>One GPIO chip.</summary>
/// <param name="Words">What to write into the configuration, such as <c>gpiochip0</c>.</param>
/// <param name="Label">The driver's name for it, such as <c>pinctrl-bcm2835</c>, which the configuration takes too; null when it could not be asked.</param>
/// <param name="Lines">Number of lines, or null.</param>
/// <param name="Problem">Why it could not be asked, and what to do, in one line, or null.</param>
public sealed record GpioChip(string Words, string? Label, int? Lines, string? Problem)
{
    /// <summary>Names of the lines by number, which the configuration takes in place of the number; empty where a line has none.</summary>
    public ImmutableArray<string> LineNames { get; init; } = [];
}
