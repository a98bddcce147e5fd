using System.Text.RegularExpressions;

namespace EdgeVoice.Core.Diagnostics;

/// <summary>Tells API keys and client secrets from other texts by their prefix, wherever they stand.</summary>
public static partial class KeyShape
{
    /// <summary>Shortest text with a key in it: the shortest prefix and sixteen characters.</summary>
    public const int MinLength = 19;

    /// <summary>True where the text has a key anywhere in it.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) => text.Length >= MinLength && Key().IsMatch(text);

    /// <summary>The text without its keys: a server may repeat the one it was given.</summary>
    public static string Hidden(string text) => IsIn(text) ? Key().Replace(text, "(a key, not shown)") : text;

    [GeneratedRegex(@"(?<![A-Za-z0-9])(sk-|ek_|Bearer\s+|gh[opsru]_|github_pat_|glpat-|xox[abeprs]-|hf_|gsk_|xai-|AKIA|AIza)[A-Za-z0-9_\-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
