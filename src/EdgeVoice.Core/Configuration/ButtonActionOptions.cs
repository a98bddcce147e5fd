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
    public ButtonAction Tap { get; init; } = ButtonAction.Talk;

    /// <summary>The second tap of a row; default end. The first one has acted already.</summary>
    public ButtonAction DoubleTap { get; init; } = ButtonAction.End;

    /// <summary>Three taps and no fourth; default mute.</summary>
    public ButtonAction TripleTap { get; init; } = ButtonAction.Mute;

    /// <summary>Held for longer than 350 ms; default talk, which lasts until the release. Any other is done once, while it is held.</summary>
    public ButtonAction Hold { get; init; } = ButtonAction.Talk;
}
