namespace EdgeVoice.Core.Configuration;

/// <summary>Something that has a number and may have a name: a GPIO line, a key.</summary>
/// <param name="Number">Its number; not meant where there is a name.</param>
/// <param name="Name">Its name, or null.</param>
public readonly record struct NumberOrName(int Number, string? Name = null)
{
    /// <summary>As the configuration writes it, without quotes.</summary>
    public override string ToString() => Name ?? ValueText.Number(Number);
}
