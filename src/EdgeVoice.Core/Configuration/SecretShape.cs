using System.Text.RegularExpressions;

namespace EdgeVoice.Core.Configuration;

/// <summary>Tells API keys from other texts, so that one pasted by mistake is refused and never printed.</summary>
internal static partial class SecretShape
{
    /// <summary>What to do after a key was pasted into the configuration.</summary>
    public const string Remedy =
        "keys never stand in the configuration: put it into a file of mode 640, name that file with \"credential\": {\"file\": PATH}, "
        + "and replace the key, because this one has been written down";

    /// <summary>Shortest text with an API key in it: the shortest prefix and sixteen characters.</summary>
    public const int MinLength = 19;

    /// <summary>True where the text has an API key or a client secret anywhere in it.</summary>
    public static bool Contains(ReadOnlySpan<char> text) => Key().IsMatch(text);

    /// <summary>True where a text that should be a name or a path is a key: shorter and foreign keys count too.</summary>
    public static bool IsKeyNotName(string text)
    {
        var trimmed = text.Trim();
        return Contains(trimmed) || Prefix().IsMatch(trimmed) || (!trimmed.Contains('/') && Random().IsMatch(trimmed));
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(sk-|ek_|Bearer\s+|gh[opsru]_|github_pat_|glpat-|xox[abeprs]-|hf_|gsk_|xai-|AKIA|AIza)[A-Za-z0-9_\-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"^(sk-|ek_|Bearer\s)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();

    // Keys without a prefix: long hexadecimal text, or long text of small and large letters and digits.
    [GeneratedRegex(@"^([0-9a-fA-F]{32,}|(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9_\-]{32,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Random();
}
