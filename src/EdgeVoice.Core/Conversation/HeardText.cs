namespace EdgeVoice.Core.Conversation;

/// <summary>How much of an answer's text was heard: it runs ahead of the sound, and the server drops the text of what was cut.</summary>
internal sealed class HeardText
{
    // Read aloud, languages written in letters run at twelve to eighteen characters a second; the voice in use is measured as it speaks.
    private const double UsualCharactersAMs = 0.015;
    private const double TrustedMs = 3_000;
    private double _characters;
    private double _ms;

    /// <summary>An answer was heard to its end: so fast does this voice speak.</summary>
    public void Learn(int characters, double ms)
    {
        if (characters == 0 || ms < 200) return;
        _characters += characters;
        _ms += ms;
    }

    /// <summary>The part of a text that <paramref name="heardMs"/> of its sound said, up to the last whole word.</summary>
    /// <param name="text">All text there is of it.</param>
    /// <param name="heardMs">Sound heard.</param>
    /// <param name="receivedMs">Sound received.</param>
    /// <param name="isWhole">The sound was received to its end; otherwise the text may be ahead of it.</param>
    public string Part(string text, double heardMs, double receivedMs, bool isWhole)
    {
        var rate = (_characters + UsualCharactersAMs * TrustedMs) / (_ms + TrustedMs);
        var lasts = isWhole ? receivedMs : Math.Max(receivedMs, text.Length / rate);
        if (lasts <= 0 || heardMs <= 0) return "";
        return heardMs >= lasts ? text : Words(text, (int)(text.Length * heardMs / lasts));
    }

    // Writing without blanks is cut where it falls, never within a character.
    private static string Words(string text, int length)
    {
        if (length >= text.Length) return text;
        var blank = text.LastIndexOf(' ', length);
        if (blank < 0 && text.Contains(' ', StringComparison.Ordinal)) return "";
        var end = blank < 0 ? length : blank;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].TrimEnd();
    }
}
