using System.Globalization;
using System.Text;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Configuration;

/// <summary>Shows values in messages: on one line, short, with no control character and no secret.</summary>
internal static class ValueText
{
    private const int MaxLength = 60;

    /// <summary>The text in quotes, escaped, cut after 60 characters; a key is not shown.</summary>
    public static string Quote(string text) => SecretShape.IsKeyNotName(text) ? "a secret (not shown)" : $"\"{Escape(text, MaxLength)}\"";

    /// <summary>A number as JSON writes it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The text with control and other invisible characters escaped, cut after <paramref name="max"/> characters.</summary>
    public static string Escape(string text, int max = int.MaxValue)
    {
        var builder = new StringBuilder();
        // Whatever it is the text of: a key may stand where nobody would look for one.
        foreach (var rune in KeyShape.Hidden(text).EnumerateRunes())
        {
            if (builder.Length >= max)
                return builder.Append("...").ToString();
            if (IsInvisible(rune))
                builder.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                builder.Append(rune);
        }

        return builder.ToString();
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
