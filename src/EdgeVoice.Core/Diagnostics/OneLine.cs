namespace EdgeVoice.Core.Diagnostics;

/// <summary>Foreign text made fit for a log line or a terminal.</summary>
public static class OneLine
{
    /// <summary>Longest text kept, in characters.</summary>
    public const int MaxLength = 300;

    private const int MaxLookedAt = 4 * MaxLength;

    /// <summary>Keys are left out, control characters become blanks, blanks are folded, and what is longer than <see cref="MaxLength"/> is cut.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "(nothing said)";
        // Before it is cut: the rest of a key would not be known for one.
        text = KeyShape.Hidden(text.Length > MaxLookedAt ? text[..MaxLookedAt] : text);
        var cut = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        var clean = string.Create(cut.Length, cut, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
        return string.Join(' ', clean.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What two texts have in common that differ in numbers and identifiers alone: every word with a digit in it is left out.</summary>
    public static string KindOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(' ', text.Split(' ').Where(word => !word.Any(char.IsAsciiDigit)));
    }
}
