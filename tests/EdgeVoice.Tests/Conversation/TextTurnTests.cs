using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Turns that are typed: in every state as a person would expect.</summary>
public sealed class TextTurnTests
{
    private ConversationBench _b = new();

    [Fact]
    public void Say_Idle_IsSentAnsweredAndOver()
    {
        Assert.Equal("say:1:hi", _b.Do(new TextSaid("hi")).TakeOrders());
        Assert.Equal((TurnState.Committing, ConversationState.Open, 1), (_b.State.Turn, _b.State.Conversation, _b.State.AwaitedTurn));
        Assert.Contains(new ConversationNews.TranscriptGrew("user", TextTurn.ItemId(1), "hi", true), _b.News);
        _b.Do(new TurnSent(1, true)).Server(Taken(1));
        Assert.Equal(("text-taken:1", TurnState.Thinking), (_b.TakeOrders(), _b.State.Turn));
        _b.Created("r", 1);
        var audio = _b.Audio("r", "i", 500);
        _b.Mark(Core.Audio.PlayedMarkKind.Started, audio).Done("r");
        Assert.Equal(("settle:1", TurnState.Speaking), (_b.TakeOrders(), _b.State.Turn));
        _b.Mark(Core.Audio.PlayedMarkKind.Progress, audio, 500);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Say_WhileSpeaking_TakesTheAnswersPlace()
    {
        var audio = _b.Speaking();
        Assert.Equal("flush[r] cancel:r say:2:stop", Without(_b.Do(new TextSaid("stop")).TakeOrders(), "settle:1"));
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        Assert.Equal("truncate:i:0:300", _b.Flushed(audio, 300).TakeOrders());
        Assert.Equal((TurnState.Committing, 2), (_b.State.Turn, _b.State.AwaitedTurn));
        _b.Do(new TurnSent(2, true)).Server(Taken(2)).Created("late", 1);
        Assert.Contains("refuse:late", _b.TakeOrders(), StringComparison.Ordinal);
        _b.Created("r2", 2);
        Assert.DoesNotContain("refuse", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void Say_WhileHeld_LeavesTheSpokenTurnOpen()
    {
        _b.HoldDown().Do(new TextSaid("also"));
        Assert.Equal((TurnGate.Held, 1, 2), (_b.State.Gate, _b.State.GateTurn, _b.State.TurnNumber));
        _b.Do(new SpeechHeard(1));
        Assert.Equal(TurnState.Listening, _b.State.Turn);
        _b.TakeOrders();
        Assert.StartsWith("close:1", _b.Press(PressKind.HoldEnded).TakeOrders(), StringComparison.Ordinal);
        _b.Do(new TurnSent(1, false)).Committed().Do(new TurnSent(2, true)).Server(Taken(2)).Created("r", 2);
        Assert.Equal((TurnState.Thinking, 2), (_b.State.Turn, _b.State.AwaitedTurn));
    }

    [Fact]
    public void Say_WhileHeldAndNothingWasSpoken_IsAnsweredAllTheSame()
    {
        _b.HoldDown().Do(new TextSaid("only this")).Press(PressKind.HoldEnded).Do(new TurnTakenBack(1, "nothing heard"));
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        _b.Do(new TurnSent(2, true));
        Assert.Equal((TurnState.Committing, 2), (_b.State.Turn, _b.State.AwaitedTurn));
    }

    [Fact]
    public void Say_Offline_IsKeptToldAndSentLater()
    {
        _b.Link(LinkState.Offline, "x");
        Assert.Equal("say:1:hi", _b.Do(new TextSaid("hi")).TakeOrders());
        Assert.Contains(_b.Told, t => t.Contains("kept", StringComparison.Ordinal));
        _b.Wait(120_000);
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        _b.Link(LinkState.Ready).Do(new TurnSent(1, true)).Server(Taken(1));
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
    }

    [Fact]
    public void Say_Muted_IsSent()
    {
        _b.Do(new MuteWanted(true, 0)).TakeOrders();
        Assert.Equal("say:1:hi", _b.Do(new TextSaid("hi")).TakeOrders());
        Assert.Equal(MuteState.Muted, _b.State.Mute);
    }

    [Fact]
    public void Say_HandsFreeArmed_IsAnsweredAndListensOn()
    {
        _b = new ConversationBench(ConversationBench.HandsFree);
        _b.Tap().TakeOrders();
        Assert.Equal("say:2:hi", _b.Do(new TextSaid("hi")).TakeOrders());
        _b.Do(new TurnSent(2, true)).Server(Taken(2)).Created("r", 2);
        Assert.Equal((TurnState.Thinking, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
        var audio = _b.Audio("r", "i", 500);
        _b.Mark(Core.Audio.PlayedMarkKind.Started, audio);
        Assert.Contains("settle:2", _b.TakeOrders(), StringComparison.Ordinal);
        _b.Done("r").Mark(Core.Audio.PlayedMarkKind.Progress, audio, 500);
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
    }

    [Fact]
    public void Say_HandsFreeAfterASpokenTurn_IsSettledBesideIt()
    {
        _b = new ConversationBench(ConversationBench.HandsFree);
        var audio = _b.SpeakingFreely();
        _b.Done("r").Mark(Core.Audio.PlayedMarkKind.Progress, audio, 2_000).Do(new TextSaid("hi")).Do(new TurnSent(2, true)).Created("r2", 2);
        var next = _b.Audio("r2", "i2", 500);
        _b.TakeOrders();
        _b.Mark(Core.Audio.PlayedMarkKind.Started, next);
        Assert.Contains("settle:2", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void Say_HandsFreeWhileSomebodySpeaks_IsAnsweredWithTheSpeech()
    {
        _b = new ConversationBench(ConversationBench.HandsFree);
        _b.Tap().SpeechStarted().TakeOrders();
        Assert.Equal("say:2:hi:quiet", _b.Do(new TextSaid("hi")).TakeOrders());
        Assert.Equal(TurnState.Listening, _b.State.Turn);
    }

    [Fact]
    public void Say_HandsFreeAfterALostLink_IsSettledByItsAnswer()
    {
        _b = new ConversationBench(ConversationBench.HandsFree);
        _b.Tap().Do(new TextSaid("hi")).Do(new TurnSent(2, true)).Link(LinkState.Offline).Link(LinkState.Ready).Do(new TurnSent(2, true)).Created("r", 2);
        var audio = _b.Audio("r", "i", 500);
        _b.TakeOrders();
        _b.Mark(Core.Audio.PlayedMarkKind.Started, audio);
        Assert.Contains("settle:2", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void Say_Refused_IsToldAndItsAnswerNotWanted()
    {
        _b.Do(new TextSaid("hi")).Do(new TurnSent(1, true)).TakeOrders();
        _b.Error("invalid_value", "text_1", "too long");
        Assert.Contains("abandon:1", _b.TakeOrders(), StringComparison.Ordinal);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains(_b.Told, t => t.Contains("too long", StringComparison.Ordinal));
        Assert.Contains("refuse:r", _b.Created("r", 1).TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void Say_TooMany_IsTold_AndTheOnesBeforeWaitOn()
    {
        _b.Link(LinkState.Offline).Do(new TextSaid("one")).Do(new TextSaid("two")).Do(new TextRefused(2, "32 texts are waiting already"));
        Assert.Equal((TurnState.Committing, 1), (_b.State.Turn, _b.State.AwaitedTurn));
        Assert.Contains("the text was not taken: 32 texts are waiting already", _b.Told);
        Assert.Contains(_b.News, n => n is ConversationNews.Cued { Cue.Sound: SoundName.Error });
        _b.Link(LinkState.Ready).Do(new TurnSent(1, true)).Server(Taken(1)).Created("r", 1);
        _b.Mark(PlayedMarkKind.Started, _b.Audio("r", "i", 500));
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
    }

    [Fact]
    public void Say_TooManyWhileTheButtonIsHeld_IsToldToo()
    {
        _b.HoldDown().Do(new TextSaid("also")).Do(new TextRefused(2, "32 texts are waiting already"));
        Assert.Equal(TurnGate.Held, _b.State.Gate);
        Assert.Contains("the text was not taken: 32 texts are waiting already", _b.Told);
    }

    [Fact]
    public void Say_NoAnswerInTime_IsGivenUp()
    {
        _b.Do(new TextSaid("hi")).Do(new TurnSent(1, true)).Server(Taken(1)).Wait(TurnRules.AnswerTimeoutMs);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains("the server did not answer in time", _b.Told);
    }

    [Fact]
    public void DoubleTap_WhileATextWaitsBehindWhatIsSaid_TakesBothBack()
    {
        _b.HoldDown().Do(new TextSaid("also")).TakeOrders();
        var orders = _b.Press(PressKind.DoubleTap).TakeOrders();
        Assert.Contains("abandon:1", orders, StringComparison.Ordinal);
        Assert.Contains("abandon:2", orders, StringComparison.Ordinal);
    }

    private static ConversationItemAdded Taken(int turn) => new(new MessageItem(MessageRole.User) { Id = TextTurn.ItemId(turn) });

    private static string Without(string orders, string order) => string.Join(' ', orders.Split(' ').Where(o => o != order));
}
