namespace EdgeVoice.Core.Configuration;

/// <summary>What there is to know of an option besides its name, type and default: documentation, check and schema are made of it.</summary>
/// <param name="summary">One sentence for the person who writes the file.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string summary) : Attribute
{
    /// <summary>One sentence for the person who writes the file.</summary>
    public string Summary { get; } = summary;

    /// <summary>Unit, as "ms" or "dB"; null (default): it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest number allowed; NaN (default): no limit.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>Largest number allowed; NaN (default): no limit.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>What a changed value takes to be in force; default: what the group takes.</summary>
    public OptionEffect Effect { get; init; }
}
