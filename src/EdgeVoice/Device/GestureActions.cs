using EdgeVoice.Core.Button;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>What each gesture means to the conversation, as configured; made once, asked at every gesture.</summary>
/// <remarks>Any thread; asking allocates nothing.</remarks>
internal sealed class GestureActions(ButtonActionOptions options)
{
    private readonly PressKind[] _tap = Press(options.Tap, PressKind.Tap);
    private readonly PressKind[] _doubleTap = Press(options.DoubleTap, PressKind.Tap);
    private readonly PressKind[] _tripleTap = AfterPress(options.TripleTap);
    private readonly PressKind[] _holdStarted = Press(options.Hold, PressKind.HoldStarted);
    private readonly PressKind[] _holdEnded = options.Hold == ButtonAction.Talk ? [PressKind.HoldEnded] : [];

    /// <summary>As shipped.</summary>
    public static GestureActions Default { get; } = new(new ButtonActionOptions());

    /// <summary>What the conversation is told, in order.</summary>
    public ReadOnlySpan<PressKind> Of(GestureKind gesture) => gesture switch
    {
        GestureKind.Down => [PressKind.Down],
        GestureKind.Confirmed => [PressKind.Confirmed],
        GestureKind.Glitch or GestureKind.Ignored => [PressKind.Undone],
        GestureKind.HoldStarted => _holdStarted,
        GestureKind.HoldEnded => _holdEnded,
        GestureKind.Tap => _tap,
        GestureKind.DoubleTap => _doubleTap,
        GestureKind.TripleTap => _tripleTap,
        _ => [],
    };

    /// <summary>What opens the microphone, for whoever presses while it is closed.</summary>
    public static string Unmute(ButtonActionOptions options) =>
        options.TripleTap == ButtonAction.Mute ? "three taps open the microphone"
        : options.DoubleTap == ButtonAction.Mute ? "two taps open the microphone"
        : options.Tap == ButtonAction.Mute ? "a tap opens the microphone"
        : options.Hold == ButtonAction.Mute ? "hold the button to open the microphone"
        : "edgevoice ctl unmute opens the microphone";

    // The press is still open: what it does not do is taken back.
    private static PressKind[] Press(ButtonAction action, PressKind talk) => action switch
    {
        ButtonAction.Talk => [talk],
        ButtonAction.End => [PressKind.DoubleTap],
        ButtonAction.Mute => [PressKind.Undone, PressKind.TripleTap],
        _ => [PressKind.Undone],
    };

    // The third tap itself was taken back, since a fourth might have come.
    private static PressKind[] AfterPress(ButtonAction action) => action switch
    {
        ButtonAction.Talk => [PressKind.Down, PressKind.Confirmed, PressKind.Tap],
        ButtonAction.End => [PressKind.DoubleTap],
        ButtonAction.Mute => [PressKind.TripleTap],
        _ => [],
    };
}
