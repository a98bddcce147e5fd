using System.Text.RegularExpressions;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Configuration;

/// <summary>Tells API keys from other texts, so that one pasted by mistake is refused and never printed.</summary>
internal static partial class SecretShape
{
    /// <summary>What to do after a key was pasted into the configuration.</summary>
    public const string Remedy =
        "keys never stand in the configuration: put it into a file of mode 640, name that file with \"credential\": {\"file\": PATH}, "
        + "and replace the key, because this one has been written down";

    /// <summary>True where the text has an API key or a client secret anywhere in it.</summary>
    public static bool Contains(ReadOnlySpan<char> text) => KeyShape.IsIn(text);

    /// <summary>True where a text that should be a name or a path is a key: shorter and foreign keys count too.</summary>
    public static bool IsKeyNotName(string text)
    {
        var trimmed = text.Trim();
        return Contains(trimmed) || Prefix().IsMatch(trimmed) || (!trimmed.Contains('/') && Random().IsMatch(trimmed));
    }

    [GeneratedRegex(@"^(sk-|ek_|Bearer\s)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();

    // Keys without a prefix: long hexadecimal text, or long text of small and large letters and digits.
    [GeneratedRegex(@"^([0-9a-fA-F]{32,}|(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9_\-]{32,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Random();
}
