using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Core.Sounds;

/// <summary>Which language's help is spoken.</summary>
public static class HelpLanguages
{
    private const string Fallback = "en";

    /// <summary>Folders of the shipped help, one a language.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. OptionShape.Choices(typeof(HelpLanguage)).Keys];

    /// <summary>The folder of the language that was <paramref name="chosen"/>, else of the device's <paramref name="language"/>, else English.</summary>
    public static string Folder(HelpLanguage? chosen, string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        if (chosen is { } one) return OptionShape.Choices(typeof(HelpLanguage)).First(choice => choice.Value.Equals(one)).Key;
        var primary = language.Split('-')[0];
        return Folders.Contains(primary) ? primary : Fallback;
    }
}
