namespace EdgeVoice.Simulator.Server;

/// <summary>What to answer when a turn fits. Every condition given must hold; with none given, its place in the list is its number.</summary>
public sealed record ScriptTurn
{
    /// <summary>Turn of the session, from 1: each committed sound item counts, and each user text that is answered.</summary>
    public int? Number { get; init; }

    /// <summary>The whole text of the user's text item; case and blanks around it do not count.</summary>
    public string? Text { get; init; }

    /// <summary>Shortest length of the sound heard, milliseconds.</summary>
    public int? MinMs { get; init; }

    /// <summary>Longest length of the sound heard, milliseconds.</summary>
    public int? MaxMs { get; init; }

    /// <summary>Says whether the sound heard is that of this turn; for scripts made in code, where its length would depend on the machine.</summary>
    public Func<short[], bool>? Sound { get; init; }

    /// <summary>What the user is said to have said: the input transcription.</summary>
    public string? Transcript { get; init; }

    /// <summary>Under semantic_vad: false ends the turn 300 ms after the speech, true waits the eagerness limit and lets the speech go on.</summary>
    public bool Pausing { get; init; }

    /// <summary>Time between response.created and the first item, milliseconds; default 0.</summary>
    public int DelayMs { get; init; }

    /// <summary>Times real time; null: the server's.</summary>
    public double? Speed { get; init; }

    /// <summary>The output items; empty: a response without output.</summary>
    public IReadOnlyList<ScriptAnswer> Answer { get; init; } = [];

    /// <summary>Answers to the further responses of the same turn (after function calls), in order; past the end "Done.".</summary>
    public IReadOnlyList<IReadOnlyList<ScriptAnswer>> Then { get; init; } = [];

    /// <summary>Whether this entry is for that turn.</summary>
    internal bool Fits(int place, int number, string? text, double? ms, short[]? sound)
    {
        var conditions = Number is not null || Text is not null || MinMs is not null || MaxMs is not null || Sound is not null;
        if (!conditions)
            return number == place;
        return (Number is null || Number == number)
            && (Text is null || (text is not null && string.Equals(text.Trim(), Text.Trim(), StringComparison.OrdinalIgnoreCase)))
            && (MinMs is null || ms >= MinMs)
            && (MaxMs is null || ms <= MaxMs)
            && (Sound is null || (sound is not null && Sound(sound)));
    }
}
