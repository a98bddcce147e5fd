using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

public sealed class PushToTalkTests
{
    private readonly ConversationBench _b = new();

    [Fact]
    public void Hold_WholeTurn_OpensCommitsThinksSpeaksRests()
    {
        _b.HoldDown();
        Assert.Equal((TurnState.Armed, TurnGate.Held, ConversationState.Open), (_b.State.Turn, _b.State.Gate, _b.State.Conversation));
        _b.Do(new SpeechHeard(1));
        Assert.Equal(TurnState.Listening, _b.State.Turn);
        _b.Press(HoldEnded);
        Assert.Equal((TurnState.Committing, TurnGate.None), (_b.State.Turn, _b.State.Gate));
        _b.Do(new TurnSent(1, true)).Committed().Created("r", 1);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        var audio = _b.Audio("r", "i", 500);
        _b.Mark(PlayedMarkKind.Started, audio);
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        Assert.Equal("open:1 close:1 taken settle:1", _b.TakeOrders());
        audio.MarkDone();
        _b.Done("r");
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Mark(PlayedMarkKind.Progress, audio, 500);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Empty(_b.Orders);
        Assert.Contains(_b.News, n => n is ConversationNews.ItemHeard { ItemId: "i", Samples: 12_000 });
    }

    [Fact]
    public void Answer_WithoutSound_EndsTheTurn()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).Done("r");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains("settle:1", _b.Orders);
    }

    [Fact]
    public void Answer_Failed_EndsTheTurnAndTells()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).Done("r", ResponseStatus.Failed);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains("the server could not answer", _b.Told);
    }

    [Fact]
    public void Tap_Latches_NextTapCommits()
    {
        _b.Tap();
        Assert.Equal(TurnGate.Latched, _b.State.Gate);
        _b.Do(new SpeechHeard(1)).Tap();
        Assert.Equal("open:1 close:1", _b.TakeOrders());
        Assert.Equal(TurnState.Committing, _b.State.Turn);
    }

    [Fact]
    public void Latched_LocalSilence_Commits()
    {
        _b.Tap().Do(new SpeechHeard(1)).Do(new LocalSilence(1, 5));
        Assert.Equal("open:1 close:1", _b.TakeOrders());
    }

    [Fact]
    public void Held_LocalSilence_GoesOn()
    {
        _b.HoldDown().Do(new SpeechHeard(1)).Do(new LocalSilence(1, 5));
        Assert.Equal(TurnGate.Held, _b.State.Gate);
    }

    [Fact]
    public void Latched_SilenceDuringAGlitch_CommitsWhenItWasOne()
    {
        _b.Tap().Do(new SpeechHeard(1)).Press(Down).Do(new LocalSilence(1, 5));
        Assert.Equal("open:1", _b.TakeOrders());
        _b.Press(Undone);
        Assert.Equal("close:1", _b.TakeOrders());
    }

    [Fact]
    public void Latched_NobodySpeaks_IdleTimeTakesItBack()
    {
        _b.Tap().Wait(_b.Rules.IdleTimeoutMs - 1);
        Assert.Equal(TurnGate.Latched, _b.State.Gate);
        _b.Wait(1);
        Assert.Equal((TurnGate.None, ConversationState.Closed), (_b.State.Gate, _b.State.Conversation));
        Assert.Equal("open:1 abandon:1", _b.TakeOrders());
    }

    [Fact]
    public void Latched_SpeechHeardWhileAnAnswerWasBeingCut_IdleTimeDoesNotTakeItBack()
    {
        var audio = _b.Speaking();
        _b.Press(Down).Do(new SpeechHeard(2)).Press(Confirmed).Flushed(audio, 100).Press(PressKind.Tap);
        Assert.Equal(TurnState.Listening, _b.State.Turn);
        _b.Wait(60_000);
        Assert.Equal(TurnGate.Latched, _b.State.Gate);
    }

    [Fact]
    public void Held_LongerThanIdleTime_StaysOpen()
    {
        _b.HoldDown().Wait(100_000);
        Assert.Equal(TurnGate.Held, _b.State.Gate);
    }

    [Fact]
    public void DoubleTap_EndsTheConversationAtTheSecond()
    {
        _b.Tap().Press(Down, Confirmed);
        _b.TakeOrders();
        _b.Press(DoubleTap);
        Assert.Equal((TurnState.Idle, TurnGate.None, ConversationState.Closed), (_b.State.Turn, _b.State.Gate, _b.State.Conversation));
        Assert.Contains("abandon:1", _b.Orders);
        Assert.Null(_b.State.Press);
    }

    [Fact]
    public void DoubleTap_WhileSpeaking_CancelsTheResponse()
    {
        var audio = _b.Speaking();
        _b.Tap().Press(Down, Confirmed, DoubleTap).Flushed(audio, 300);
        Assert.Contains("cancel:r", _b.Orders);
        Assert.Contains("truncate:i:0:300", _b.Orders);
        Assert.Single(_b.Orders, o => o.StartsWith("cancel", StringComparison.Ordinal));
        Assert.Equal(ConversationState.Closed, _b.State.Conversation);
    }

    [Fact]
    public void DoubleTap_FirstTapHadCommitted_TakesThatTurnBackToo()
    {
        _b.Tap().Do(new SpeechHeard(1)).Tap().Press(Down, Confirmed, DoubleTap);
        Assert.Contains("abandon:1", _b.Orders);
        Assert.Contains("abandon:2", _b.Orders);
        _b.Created("late", 1);
        Assert.Contains("refuse:late", _b.Orders);
        Assert.Contains("cancel:late", _b.Orders);
    }

    [Fact]
    public void TripleTap_Mutes_AndAgainOpens()
    {
        _b.Tap().Press(Down, Confirmed, DoubleTap, Down, Confirmed, Undone);
        Assert.Equal(MuteState.Open, _b.State.Mute);
        _b.TakeOrders();
        _b.Press(TripleTap);
        Assert.Equal(MuteState.Muted, _b.State.Mute);
        Assert.Equal("mic-off", _b.TakeOrders());
        _b.Press(Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap, Down, Confirmed, Undone, TripleTap);
        Assert.Equal(MuteState.Open, _b.State.Mute);
        Assert.DoesNotContain(_b.Orders, o => o.StartsWith("open", StringComparison.Ordinal));
    }

    [Fact]
    public void Press_WhileMuted_OpensNothingAndSaysWhy()
    {
        _b.Do(new MuteWanted(true, 0)).TakeOrders();
        _b.Hold();
        Assert.Empty(_b.Orders);
        Assert.Equal(0, _b.State.TurnNumber);
        Assert.Contains(_b.Told, t => t.Contains("muted", StringComparison.Ordinal));
    }

    [Fact]
    public void Glitch_WhileSpeaking_PausesResumesCommitsNothing()
    {
        var audio = _b.Speaking();
        _b.Press(Down);
        Assert.Equal("pause open:2", _b.TakeOrders());
        _b.Press(Undone);
        Assert.Equal("abandon:2 resume", _b.TakeOrders());
        Assert.Equal((TurnState.Speaking, TurnGate.None), (_b.State.Turn, _b.State.Gate));
        audio.MarkDone();
        _b.Done("r").Mark(PlayedMarkKind.Progress, audio, 2_000);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Glitch_AnswerEndsMeanwhile_DoesNotSpeakForEver()
    {
        var audio = _b.Speaking(ms: 500);
        _b.Mark(PlayedMarkKind.Progress, audio, 500).Press(Down).Done("r").Press(Undone);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Glitch_SoundBeginsMeanwhile_Speaks()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).Press(Down);
        _b.Mark(PlayedMarkKind.Started, _b.Audio("r", "i", 500)).Press(Undone);
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
    }

    [Fact]
    public void Glitch_WhileCommitting_TheTurnIsStillWaitedFor()
    {
        _b.Hold().Press(Down, Undone).Do(new TurnTakenBack(1, "nothing heard"));
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains("nothing sent: nothing heard", _b.Told);
        _b.Hold().Press(Down, Undone).Do(new TurnSent(3, true)).Wait(TurnRules.AnswerTimeoutMs);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Glitch_WhileResting_TheConversationStillTimesOut()
    {
        var audio = _b.Speaking(ms: 100);
        _b.Done("r").Mark(PlayedMarkKind.Progress, audio, 100).Press(Down, Undone).Wait(_b.Rules.IdleTimeoutMs);
        Assert.Equal(ConversationState.Closed, _b.State.Conversation);
    }

    [Fact]
    public void Press_WhileSpeaking_PausesThenGivesUp()
    {
        var audio = _b.Speaking();
        _b.Press(Down).TakeOrders();
        _b.Press(Confirmed);
        Assert.Equal("settle:1 flush[r] cancel:r", _b.TakeOrders());
        Assert.Equal(TurnState.Interrupted, _b.State.Turn);
        _b.Flushed(audio, 731.9);
        Assert.Equal("truncate:i:0:731", _b.TakeOrders());
        Assert.Equal((TurnState.Armed, TurnGate.Held), (_b.State.Turn, _b.State.Gate));
        _b.Press(HoldEnded);
        Assert.Equal("close:2", _b.TakeOrders());
    }

    [Fact]
    public void Press_WhileThinking_CancelsTheRunningResponse()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).TakeOrders();
        _b.Press(Down, Confirmed).Flushed();
        Assert.Equal("pause open:2 settle:1 flush[r] cancel:r", _b.TakeOrders());
    }

    [Fact]
    public void Press_BeforeTheResponseBegan_ItIsCancelledWhenItDoes()
    {
        _b.Hold().Do(new TurnSent(1, true)).Press(Down, Confirmed).Flushed().TakeOrders();
        _b.Created("late", 1);
        Assert.Equal("refuse:late cancel:late", _b.TakeOrders());
        _b.Announced("late", "x").Done("late", ResponseStatus.Cancelled);
        Assert.Equal("delete:x", _b.TakeOrders());
        Assert.Equal((TurnState.Armed, TurnGate.Held), (_b.State.Turn, _b.State.Gate));
    }

    [Fact]
    public void Press_OldResponseEndsLate_DoesNotEndTheNewTurn()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).Hold().Flushed().Do(new TurnSent(2, true)).Done("r");
        Assert.Equal(TurnState.Committing, _b.State.Turn);
    }

    [Fact]
    public void Press_WhileCommittingOffline_BothTurnsAreKept()
    {
        var b = new ConversationBench(ready: false);
        b.Hold();
        Assert.Equal("open:1 close:1", b.TakeOrders());
        b.Hold();
        Assert.Equal("open:2 close:2", b.TakeOrders());
        b.Link(LinkState.Ready).Do(new TurnSent(1, false)).Committed().Do(new TurnSent(2, true)).Committed().Created("r", 2);
        Assert.DoesNotContain("refuse:r", b.Orders);
        b.Mark(PlayedMarkKind.Started, b.Audio("r", "i", 100));
        Assert.Equal(TurnState.Speaking, b.State.Turn);
    }

    [Fact]
    public void OfflineTurns_LastOneTakenBack_TheOneBeforeIsWaitedFor()
    {
        var b = new ConversationBench(ready: false);
        b.Hold().Hold().Do(new TurnTakenBack(2, "nothing heard"));
        Assert.Equal(TurnState.Idle, b.State.Turn);
        b.Link(LinkState.Ready).Do(new TurnSent(1, true));
        Assert.Equal(TurnState.Committing, b.State.Turn);
        b.Committed().Created("r", 1).Mark(PlayedMarkKind.Started, b.Audio("r", "i", 100));
        Assert.Equal(TurnState.Speaking, b.State.Turn);
    }

    [Fact]
    public void NoAnswer_InTime_GivesUpAndDropsTheTurn()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Wait(TurnRules.AnswerTimeoutMs - 1);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.TakeOrders();
        _b.Wait(1);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains("abandon:1", _b.Orders);
        Assert.Contains("the server did not answer in time", _b.Told);
        _b.Created("late", 1);
        Assert.Contains("cancel:late", _b.Orders);
    }

    [Fact]
    public void NothingHeard_Rests()
    {
        _b.Hold().Do(new TurnTakenBack(1, "nothing heard"));
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void CommitEmpty_TakesTheTurnBackAndRefusesItsAnswer()
    {
        _b.Hold().Do(new TurnSent(1, true)).TakeOrders();
        _b.Error("input_audio_buffer_commit_empty", "commit_1");
        Assert.Equal("taken abandon:1", _b.TakeOrders());
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        _b.Created("r", 1);
        Assert.Contains("cancel:r", _b.Orders);
    }

    [Fact]
    public void AskRefused_EndsTheTurn_AnotherTurnsRefusalDoesNot()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Error("server_error", "answer_7");
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Error("server_error", "answer_1");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Theory]
    [InlineData("response_cancel_not_active", "Cancellation failed")]
    [InlineData("item_truncate_invalid_item_id", "Item with item_id not found: x")]
    [InlineData("invalid_value", "Audio content of 5ms is already shorter than 9ms")]
    [InlineData("", "Only model output audio messages can be truncated")]
    public void HarmlessError_ChangesNothing(string code, string message)
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed();
        var before = _b.State;
        _b.Error(code, "ev_1", message);
        Assert.Equal(before, _b.State);
        Assert.Empty(_b.Told);
    }

    [Fact]
    public void ActiveResponse_AsksAgainWhenItIsDone_ForTheTurnThatWasRefused()
    {
        _b.Hold().Do(new TurnSent(1, true)).Created("a", 1).Hold().Flushed().Do(new TurnSent(2, true)).Committed()
            .Error("conversation_already_has_active_response", "answer_2");
        _b.TakeOrders();
        _b.Done("a", ResponseStatus.Cancelled);
        Assert.Equal("create:again_2", _b.TakeOrders());
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Created("b", 2, 1);
        Assert.Empty(_b.Orders);
        _b.Done("b");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void ActiveResponse_ThenLinkLost_TheNewConnectionIsNotAskedAgain()
    {
        _b.Hold().Do(new TurnSent(1, true)).Error("conversation_already_has_active_response", "answer_1")
            .Link(LinkState.Offline).Link(LinkState.Ready).Do(new TurnSent(1, true)).Created("r", 1).TakeOrders();
        _b.Done("r");
        Assert.DoesNotContain(_b.Orders, o => o.StartsWith("create", StringComparison.Ordinal));
    }

    [Fact]
    public void ResponseDone_Unreadable_IsAnEnd()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1)
            .Server(new MalformedServerEvent("cut short") { ReceivedType = "response.done" });
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void AnswerTimesOut_UnderAPressNotJudgedYet_TheTurnItOpenedIsAnswered()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Wait(TurnRules.AnswerTimeoutMs - 10);
        _b.Press(PressKind.Down).Wait(20).Press(PressKind.Confirmed, PressKind.HoldStarted, PressKind.HoldEnded).Flushed();
        _b.Do(new TurnSent(2, true)).Committed().Created("s", 2);
        Assert.DoesNotContain("refuse:s", _b.Orders);
        Assert.DoesNotContain("abandon:2", _b.Orders);
        Assert.DoesNotContain("settle:2", _b.Orders);
    }
}
