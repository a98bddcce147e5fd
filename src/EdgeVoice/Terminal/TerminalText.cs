using System.Text;

namespace EdgeVoice.Terminal;

/// <summary>Makes text from a person, a model or a server safe to print.</summary>
public static class TerminalText
{
    private const char Escape = '\u001b';
    private const char Csi = '\u009b';
    private const char Osc = '\u009d';

    /// <summary>
    /// The text on one line without escape sequences, control characters, changes of writing direction and lone surrogates; tabs and line
    /// ends become spaces.
    /// </summary>
    public static string Clean(string text)
    {
        var isClean = true;
        foreach (var c in text) isClean &= !IsUnsafe(c) && !char.IsSurrogate(c);
        if (isClean) return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is Escape or Csi or Osc) i = EndOfSequence(text, i);
            else if (c is '\n' or '\t') clean.Append(' ');
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(c).Append(text[++i]);
            else if (!IsUnsafe(c) && !char.IsSurrogate(c)) clean.Append(c);
        }

        return clean.ToString();
    }

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';

    /// <summary>Index of the last character of the sequence that begins at <paramref name="i"/> (ECMA-48); the text's last when it has no end.</summary>
    private static int EndOfSequence(string text, int i)
    {
        var kind = text[i];
        if (kind == Escape)
        {
            if (++i >= text.Length) return i;
            kind = text[i] switch { '[' => Csi, ']' or 'P' or 'X' or '^' or '_' => Osc, _ => Escape };
        }

        if (kind == Escape) return i;
        for (i++; i < text.Length; i++)
        {
            var c = text[i];
            if (kind == Csi && c is >= '@' and <= '~') return i;
            if (kind == Osc && c is '\a' or '\u009c') return i;
            if (kind == Osc && c == Escape) return Math.Min(i + 1, text.Length - 1);
        }

        return i;
    }
}
