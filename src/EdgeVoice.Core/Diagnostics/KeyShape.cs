using System.Text;
using System.Text.RegularExpressions;

namespace EdgeVoice.Core.Diagnostics;

/// <summary>Tells API keys and client secrets from other texts by their prefix, wherever they stand.</summary>
public static partial class KeyShape
{
    /// <summary>Shortest text with a key in it: the shortest prefix and sixteen characters.</summary>
    public const int MinLength = 19;

    /// <summary>True where the text has a key anywhere in it.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) => text.Length >= MinLength && Key().IsMatch(text);

    /// <summary>The byte at which a key begins in this UTF-8 text, wherever it stands: in names and comments, too; -1 where there is none.</summary>
    public static int IndexIn(ReadOnlySpan<byte> utf8)
    {
        foreach (var prefix in Prefixes)
        {
            for (int at = 0, found; (found = utf8[at..].IndexOf(prefix)) >= 0; at += found + prefix.Length)
            {
                // One character before it counts: "task-" begins no key.
                var start = Math.Max(0, at + found - 1);
                if (IsIn(Encoding.Latin1.GetString(utf8[start..Math.Min(utf8.Length, start + LongestLook)]))) return at + found;
            }
        }

        return -1;
    }

    /// <summary>The text without its keys: a server may repeat the one it was given.</summary>
    public static string Hidden(string text) => IsIn(text) ? Key().Replace(text, "(a key, not shown)") : text;

    private const int LongestLook = 64;

    private static readonly byte[][] Prefixes =
    [
        .. new[] { "sk-", "ek_", "Bearer", "ghp_", "gho_", "ghs_", "ghr_", "ghu_", "github_pat_", "glpat-", "xox", "hf_", "gsk_", "xai-", "AKIA", "AIza" }
            .Select(Encoding.ASCII.GetBytes),
    ];

    [GeneratedRegex(@"(?<![A-Za-z0-9])(sk-|ek_|Bearer\s+|gh[opsru]_|github_pat_|glpat-|xox[abeprs]-|hf_|gsk_|xai-|AKIA|AIza)[A-Za-z0-9_\-]{16,}", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
