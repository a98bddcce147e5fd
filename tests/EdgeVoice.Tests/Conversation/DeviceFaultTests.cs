using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

public sealed class DeviceFaultTests
{
    private readonly ConversationBench _b = new();
    private readonly ConversationBench _free = new(ConversationBench.HandsFree);

    private static ConversationBench Pull(ConversationBench bench) => bench.Do(new MicrophoneLost("pulled out", bench.Time.GetTimestamp()));

    [Fact]
    public void MicrophoneLost_WhileHeld_WhatWasSaidIsCommittedAndTheReleaseDoesNothing()
    {
        Pull(_b.HoldDown().Do(new SpeechHeard(1)));
        Assert.Equal("open:1 close:1", _b.TakeOrders());
        Assert.Equal((TurnState.Committing, TurnGate.None, "pulled out"), (_b.State.Turn, _b.State.Gate, _b.State.MicrophoneProblem));
        _b.Press(HoldEnded);
        Assert.Equal("", _b.TakeOrders());
        Assert.Single(_b.Told, "microphone missing: pulled out");
    }

    [Fact]
    public void MicrophoneLost_NothingWasSaid_EndsIdleAndClosed()
    {
        Pull(_b.HoldDown()).Do(new TurnTakenBack(1, "nothing heard"));
        Assert.Equal((TurnState.Idle, ConversationState.Closed), (_b.State.Turn, _b.State.Conversation));
    }

    [Fact]
    public void MicrophoneLost_UnderASecondEdgeThatPausedAnAnswer_TheAnswerGoesOn()
    {
        // Said without a connection; its answer comes when the next turn is open already.
        _b.Link(LinkState.Offline).Hold().Tap().Link(LinkState.Ready).Do(new TurnSent(1, true)).Committed().Created("r", 1);
        _b.Mark(PlayedMarkKind.Started, _b.Audio("r", "i", 500)).TakeOrders();
        Assert.Contains("pause", _b.Press(Down).TakeOrders(), StringComparison.Ordinal);
        Assert.Contains("resume", Pull(_b).TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void MicrophoneLost_AfterATap_IsCommittedToo()
    {
        Pull(_b.Tap().Do(new SpeechHeard(1)));
        Assert.Equal((TurnState.Committing, TurnGate.None), (_b.State.Turn, _b.State.Gate));
        Assert.EndsWith("close:1", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void MicrophoneLost_HandsFree_TheTurnIsTakenBackAndTheConversationCloses()
    {
        Pull(_free.Tap().SpeechStarted());
        Assert.Equal((TurnState.Idle, TurnGate.None, ConversationState.Closed), (_free.State.Turn, _free.State.Gate, _free.State.Conversation));
        Assert.EndsWith("abandon:1", _free.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void MicrophoneLost_WhileSpeaking_TheAnswerIsHeardToItsEndAndThenTheConversationCloses()
    {
        var answer = _b.Speaking();
        Pull(_b);
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        answer.MarkDone();
        _b.Done("r").Mark(PlayedMarkKind.Progress, answer, 2_000);
        Assert.Equal((TurnState.Idle, ConversationState.Closed), (_b.State.Turn, _b.State.Conversation));
        Assert.DoesNotContain("flush", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void MicrophoneLost_AtTheVeryEdgeOfAPress_TheAnswerGoesOn()
    {
        _b.Speaking();
        Pull(_b.Press(Down));
        Assert.Equal("pause open:2 abandon:2 resume", _b.TakeOrders());
        Assert.Equal((TurnState.Speaking, TurnGate.None), (_b.State.Turn, _b.State.Gate));
    }

    [Fact]
    public void Press_WithoutAMicrophone_TakesNoTurnAndSaysWhy()
    {
        Pull(_b).Tap().Hold();
        Assert.Equal(("", 0), (_b.TakeOrders(), _b.State.TurnNumber));
        Assert.Equal(3, _b.Told.Count(t => t == "microphone missing: pulled out"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Press_WithoutAMicrophoneInAnAnswer_SilencesItAndEnds(bool tap)
    {
        var answer = _b.Speaking();
        Pull(_b);
        if (tap) _b.Tap();
        else _b.Hold();
        _b.Flushed(answer, 500).Do(new TurnTakenBack(2, "nothing heard"));
        Assert.Contains("flush[r]", _b.TakeOrders(), StringComparison.Ordinal);
        Assert.Equal((TurnState.Idle, TurnGate.None, ConversationState.Closed), (_b.State.Turn, _b.State.Gate, _b.State.Conversation));
    }

    [Fact]
    public void MicrophoneBack_NextTurn_IsAsAlways()
    {
        Pull(_b).Do(new MicrophoneBack(1)).HoldDown();
        Assert.Equal(("open:1", TurnState.Armed), (_b.TakeOrders(), _b.State.Turn));
        Assert.Single(_b.Told, "microphone is back");
    }

    [Fact]
    public void MicrophoneBack_AlwaysOpen_ListensAgain()
    {
        var b = new ConversationBench(new TurnRules(HandsFree: true, AlwaysOpen: true));
        b.Do(new DeviceStarted(0));
        Pull(b);
        Assert.Equal(TurnGate.None, b.State.Gate);
        b.Do(new MicrophoneBack(1));
        Assert.Equal((TurnGate.Streaming, TurnState.Armed), (b.State.Gate, b.State.Turn));
        Assert.EndsWith("open-stream:2", b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void MicrophoneBack_NeverLost_IsNoNews()
    {
        var before = _b.News.Count;
        _b.Do(new MicrophoneBack(1)).Do(new LoudspeakerBack());
        Assert.Equal(before, _b.News.Count);
    }

    [Fact]
    public void LoudspeakerLost_InAnAnswer_WaitsThenEndsWithWhatWasHeard()
    {
        var answer = _b.Speaking();
        _b.Mark(PlayedMarkKind.Progress, answer, 700).Do(new LoudspeakerLost("pulled out")).Wait(TurnRules.LoudspeakerTimeoutMs - 1);
        Assert.Equal((TurnState.Speaking, ""), (_b.State.Turn, _b.TakeOrders()));
        _b.Wait(1);
        Assert.Equal("settle:1 flush[r] cancel:r", _b.TakeOrders());
        Assert.Equal((TurnState.Idle, 1L), (_b.State.Turn, _b.Loop.UnheardAnswers));
        _b.Flushed(answer, 700);
        Assert.Equal("truncate:i:0:700", _b.TakeOrders());
        Assert.Contains(_b.Told, t => t.Contains("could not be heard", StringComparison.Ordinal));
    }

    [Fact]
    public void LoudspeakerBack_InTime_TheAnswerGoesOn()
    {
        var answer = _b.Speaking();
        _b.Do(new LoudspeakerLost("pulled out")).Wait(5_000).Do(new LoudspeakerBack()).Wait(TurnRules.LoudspeakerTimeoutMs);
        Assert.Equal((TurnState.Speaking, "", 0L), (_b.State.Turn, _b.TakeOrders(), _b.Loop.UnheardAnswers));
        answer.MarkDone();
        _b.Done("r").Mark(PlayedMarkKind.Progress, answer, 2_000);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void LoudspeakerNeverThere_TheAnswerIsGivenUpForThatReason()
    {
        _b.Do(new LoudspeakerLost("no card")).Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1);
        _b.Audio("r", "i", 500);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Wait(TurnRules.LoudspeakerTimeoutMs).Flushed();
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Contains("delete:i", _b.TakeOrders(), StringComparison.Ordinal);
        Assert.Contains(_b.Told, t => t.EndsWith("loudspeaker missing: no card", StringComparison.Ordinal) && t.StartsWith("the answer", StringComparison.Ordinal));
    }

    [Fact]
    public void LoudspeakerLost_WithNothingToHear_OnlySaysSo()
    {
        _b.Do(new LoudspeakerLost("pulled out")).Wait(60_000);
        Assert.Equal(("", "pulled out"), (_b.TakeOrders(), _b.State.LoudspeakerProblem));
        _b.Do(new LoudspeakerBack());
        Assert.Equal(["loudspeaker missing: pulled out", "loudspeaker is back"], _b.Told);
        Assert.Null(_b.State.LoudspeakerProblem);
    }

    [Fact]
    public void LoudspeakerLimit_WhileThePersonSpeaks_LeavesTheTurnAlone()
    {
        _b.Speaking();
        _b.Do(new LoudspeakerLost("pulled out")).HoldDown().Flushed().Do(new SpeechHeard(2)).Wait(TurnRules.LoudspeakerTimeoutMs);
        Assert.Equal((TurnState.Listening, TurnGate.Held, 0L), (_b.State.Turn, _b.State.Gate, _b.Loop.UnheardAnswers));
    }
}
