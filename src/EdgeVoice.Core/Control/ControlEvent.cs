namespace EdgeVoice.Core.Control;

/// <summary>One line to whoever watches: what happened, by name, and the fields of that kind; all others are left out.</summary>
public sealed record ControlEvent
{
    /// <summary>The name of a change of state: <see cref="Link"/> to <see cref="Volume"/> are there, all of them.</summary>
    public const string StateName = "state";

    /// <summary>The name of a change of levels: <see cref="Microphone"/> and <see cref="Loudspeaker"/> are there.</summary>
    public const string LevelsName = "levels";

    /// <summary>The name of words as they come: <see cref="Role"/>, <see cref="Item"/>, <see cref="Text"/>, <see cref="Final"/>.</summary>
    public const string TranscriptName = "transcript";

    /// <summary>The name of a sentence for people: <see cref="Text"/>.</summary>
    public const string ToldName = "told";

    /// <summary>What happened.</summary>
    public required string Event { get; init; }

    /// <summary>Connection to the server, as in <see cref="ControlStatus.Link"/>.</summary>
    public string? Link { get; init; }

    /// <summary>"Closed" or "Open".</summary>
    public string? Conversation { get; init; }

    /// <summary>Place in the turn, as in <see cref="ControlStatus.Turn"/>.</summary>
    public string? Turn { get; init; }

    /// <summary>"Open" or "Muted".</summary>
    public string? Mute { get; init; }

    /// <summary>The volume, 0 to 100.</summary>
    public int? Volume { get; init; }

    /// <summary>Whose words: "user" or "assistant".</summary>
    public string? Role { get; init; }

    /// <summary>The item that the words belong to.</summary>
    public string? Item { get; init; }

    /// <summary>The state's sentence for people, the told sentence, or words of the conversation.</summary>
    public string? Text { get; init; }

    /// <summary>False: <see cref="Text"/> goes on where the item's last piece ended; true: it is all of the item.</summary>
    public bool? Final { get; init; }

    /// <summary>The microphone's level in dBFS, -100 (silence or closed) to 0.</summary>
    public int? Microphone { get; init; }

    /// <summary>The loudspeaker's level in dBFS, -100 (silence) to 0.</summary>
    public int? Loudspeaker { get; init; }

    /// <summary>The levels.</summary>
    public static ControlEvent Of(ControlLevels levels) =>
        new() { Event = LevelsName, Microphone = levels.Microphone, Loudspeaker = levels.Loudspeaker };
}
