using EdgeVoice.Core.Button;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Device;
using EdgeVoice.Tests.Conversation;

namespace EdgeVoice.Tests.Device;

public sealed class GestureActionsTests
{
    [Theory]
    [InlineData(GestureKind.Down, "Down")]
    [InlineData(GestureKind.Confirmed, "Confirmed")]
    [InlineData(GestureKind.Glitch, "Undone")]
    [InlineData(GestureKind.Ignored, "Undone")]
    [InlineData(GestureKind.HoldStarted, "HoldStarted")]
    [InlineData(GestureKind.HoldEnded, "HoldEnded")]
    [InlineData(GestureKind.Tap, "Tap")]
    [InlineData(GestureKind.DoubleTap, "DoubleTap")]
    [InlineData(GestureKind.TripleTap, "TripleTap")]
    [InlineData(GestureKind.FactoryReset, "")]
    public void Of_AsShipped_IsWhatTheButtonAlwaysDid(GestureKind gesture, string expected) => Assert.Equal(expected, Words(GestureActions.Default, gesture));

    [Theory]
    [InlineData(ButtonAction.Talk, "Tap", "Tap", "Down Confirmed Tap", "HoldStarted", "HoldEnded")]
    [InlineData(ButtonAction.End, "DoubleTap", "DoubleTap", "DoubleTap", "DoubleTap", "")]
    [InlineData(ButtonAction.Mute, "Undone TripleTap", "Undone TripleTap", "TripleTap", "Undone TripleTap", "")]
    [InlineData(ButtonAction.None, "Undone", "Undone", "", "Undone", "")]
    public void Of_EachAction_TakesBackWhatItDoesNotDo(ButtonAction action, string tap, string two, string three, string held, string released)
    {
        var actions = new GestureActions(new() { Tap = action, DoubleTap = action, TripleTap = action, Hold = action });
        Assert.Equal(
            [tap, two, three, held, released],
            ((GestureKind[])[GestureKind.Tap, GestureKind.DoubleTap, GestureKind.TripleTap, GestureKind.HoldStarted, GestureKind.HoldEnded])
                .Select(gesture => Words(actions, gesture)));
    }

    [Fact]
    public void TapThatMutes_OpensNoTurnAndOpensTheMicrophoneAgain()
    {
        var bench = new ConversationBench();
        var actions = new GestureActions(new() { Tap = ButtonAction.Mute });
        Do(bench, actions, GestureKind.Down, GestureKind.Confirmed, GestureKind.Tap);
        Assert.Equal((MuteState.Muted, TurnState.Idle), (bench.State.Mute, bench.State.Turn));
        Assert.Contains("abandon:1", bench.TakeOrders(), StringComparison.Ordinal);
        Do(bench, actions, GestureKind.Down, GestureKind.Confirmed, GestureKind.Tap);
        Assert.Equal((MuteState.Open, 1), (bench.State.Mute, bench.State.TurnNumber));
    }

    [Fact]
    public void HoldThatDoesNothing_IsTakenBack()
    {
        var bench = new ConversationBench();
        Do(bench, new GestureActions(new() { Hold = ButtonAction.None }), GestureKind.Down, GestureKind.Confirmed, GestureKind.HoldStarted, GestureKind.HoldEnded);
        Assert.Equal("open:1 abandon:1", bench.TakeOrders());
        Assert.Equal((TurnState.Idle, TurnGate.None), (bench.State.Turn, bench.State.Gate));
    }

    [Fact]
    public void ThreeTapsThatTalk_LatchATurn()
    {
        var bench = new ConversationBench();
        var actions = new GestureActions(new() { Tap = ButtonAction.None, DoubleTap = ButtonAction.None, TripleTap = ButtonAction.Talk });
        Do(bench, actions, GestureKind.TripleTap);
        Assert.Equal(TurnGate.Latched, bench.State.Gate);
    }

    [Theory]
    [InlineData(ButtonAction.Mute, "three taps")]
    [InlineData(ButtonAction.None, "ctl unmute")]
    public void Unmute_SaysWhatOpensTheMicrophone(ButtonAction three, string expected) =>
        Assert.Contains(expected, GestureActions.Unmute(new() { TripleTap = three }), StringComparison.Ordinal);

    private static void Do(ConversationBench bench, GestureActions actions, params GestureKind[] gestures)
    {
        foreach (var gesture in gestures) bench.Press(actions.Of(gesture).ToArray());
    }

    private static string Words(GestureActions actions, GestureKind gesture) => string.Join(' ', actions.Of(gesture).ToArray());
}
