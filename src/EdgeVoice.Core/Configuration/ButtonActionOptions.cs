using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>What a gesture does.</summary>
public enum ButtonAction
{
    /// <summary>Talks: what was said from the press on is a turn.</summary>
    [JsonStringEnumMemberName("talk")]
    Talk,

    /// <summary>Ends the conversation: what sounds falls silent, what is being said is taken back.</summary>
    [JsonStringEnumMemberName("end")]
    End,

    /// <summary>Closes the microphone, or opens it.</summary>
    [JsonStringEnumMemberName("mute")]
    Mute,

    /// <summary>Nothing: the press is taken back.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>
/// What each gesture of the button does. Whatever it is, the first edge already makes the device silent: what the press becomes is known
/// only later.
/// </summary>
public sealed record ButtonActionOptions
{
    /// <summary>Released within 350 ms; default talk.</summary>
    [Option("What a press released within 350 ms does.")]
    public ButtonAction Tap { get; init; } = ButtonAction.Talk;

    /// <summary>The second tap of a row; default end. The first one has acted already.</summary>
    [Option("What the second tap of a row does; the first one has acted already.")]
    public ButtonAction DoubleTap { get; init; } = ButtonAction.End;

    /// <summary>Three taps and no fourth; default mute.</summary>
    [Option("What three taps and no fourth do.")]
    public ButtonAction TripleTap { get; init; } = ButtonAction.Mute;

    /// <summary>Held for longer than 350 ms; default talk, which lasts until the release. Any other is done once, while it is held.</summary>
    [Option("What a press held for longer than 350 ms does: talk lasts until the release, any other is done once, while it is held.")]
    public ButtonAction Hold { get; init; } = ButtonAction.Talk;
}
