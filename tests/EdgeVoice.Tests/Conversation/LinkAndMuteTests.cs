using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

public sealed class LinkAndMuteTests
{
    private readonly ConversationBench _b = new();

    [Fact]
    public void MuteSwitch_On_NothingElseOpensTheMicrophone()
    {
        _b.Do(new MuteSwitched(true, 0));
        Assert.Equal(MuteState.Muted, _b.State.Mute);
        _b.TakeOrders();
        _b.Do(new MuteWanted(false, 0)).Do(new MuteWanted(null, 0)).Press(TripleTap);
        Assert.Equal((MuteState.Muted, ""), (_b.State.Mute, _b.TakeOrders()));
        Assert.Equal(3, _b.Told.Count(text => text == MuteMachine.BySwitch));
        _b.Do(new MuteSwitched(false, 0));
        Assert.Equal(MuteState.Open, _b.State.Mute);
        Assert.False(_b.State.MuteSwitchOn);
        _b.Do(new MuteWanted(true, 0)).Do(new MuteWanted(false, 0));
        Assert.Equal(MuteState.Open, _b.State.Mute);
    }

    [Fact]
    public void MuteSwitch_OnWhileMutedByTaps_HoldsAndOffOpens()
    {
        _b.Do(new MuteWanted(true, 0)).Do(new MuteSwitched(true, 0)).Do(new MuteWanted(false, 0));
        Assert.Equal(MuteState.Muted, _b.State.Mute);
        _b.Do(new MuteSwitched(false, 0));
        Assert.Equal(MuteState.Open, _b.State.Mute);
    }

    [Fact]
    public void MuteSwitch_InTheMiddleOfATurn_TakesItBack()
    {
        _b.HoldDown().TakeOrders();
        _b.Do(new MuteSwitched(true, 0));
        Assert.Contains("abandon:1", _b.TakeOrders(), StringComparison.Ordinal);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        _b.Press(Down);
        Assert.Equal((1, MuteMachine.BySwitch), (_b.State.TurnNumber, _b.Told.Last()));
    }

    [Fact]
    public void MuteSwitch_OffOnADeviceThatIsAlwaysOpen_ListensAgain()
    {
        var bench = new ConversationBench(new TurnRules(HandsFree: true, AlwaysOpen: true)).Do(new MuteSwitched(true, 0)).Do(new DeviceStarted(0));
        Assert.Equal(0, bench.State.TurnNumber);
        bench.Do(new MuteSwitched(false, 0));
        Assert.Equal((1, TurnGate.Streaming), (bench.State.TurnNumber, bench.State.Gate));
    }

    [Fact]
    public void Link_Refused_KeepsItsCauseUntilItIsReady()
    {
        _b.Link(LinkState.Stopped, "bad key").Link(LinkState.Connecting);
        Assert.Equal((LinkState.Stopped, "bad key"), (_b.State.Link, _b.State.LinkCause));
        Assert.Single(_b.Told, "bad key");
        _b.Link(LinkState.Stopped, "bad key");
        Assert.Single(_b.Told, "bad key");
        _b.Link(LinkState.Ready);
        Assert.Equal((LinkState.Ready, (string?)null), (_b.State.Link, _b.State.LinkCause));
    }

    [Fact]
    public void Link_LostThenConnecting_IsConnecting()
    {
        _b.Link(LinkState.Offline, "gone").Link(LinkState.Connecting);
        Assert.Equal((LinkState.Connecting, "gone"), (_b.State.Link, _b.State.LinkCause));
    }

    [Fact]
    public void Lost_WhileListening_TheTurnGoesOn()
    {
        _b.HoldDown().Do(new SpeechHeard(1)).Link(LinkState.Offline);
        Assert.Equal((TurnState.Listening, TurnGate.Held), (_b.State.Turn, _b.State.Gate));
        _b.Press(HoldEnded);
        Assert.Equal("open:1 close:1", _b.TakeOrders());
    }

    [Fact]
    public void Lost_WhileCommitting_TheOldTimeLimitDoesNotHitTheNextConnection()
    {
        _b.Hold().Do(new TurnSent(1, true)).Wait(29_000).Link(LinkState.Offline).Link(LinkState.Ready).Wait(20_000);
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        _b.Do(new TurnSent(1, true)).Wait(TurnRules.AnswerTimeoutMs);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Lost_WhileThinking_WaitsForTheNextConnection()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).Link(LinkState.Offline).Wait(100_000);
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        _b.Link(LinkState.Ready).Do(new TurnSent(1, true)).Committed().Created("s", 1)
            .Mark(PlayedMarkKind.Started, _b.Audio("s", "i", 100));
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
    }

    [Fact]
    public void Lost_WhileSpeaking_WhatWasReceivedIsHeardToItsEnd()
    {
        var audio = _b.Speaking(ms: 800);
        _b.Link(LinkState.Offline);
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Mark(PlayedMarkKind.Progress, audio, 800);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Lost_WhileSpeaking_NothingLeftToHear_Ends()
    {
        var audio = _b.Speaking(ms: 800);
        _b.Mark(PlayedMarkKind.Progress, audio, 800).Link(LinkState.Offline);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Lost_WhileInterrupted_GoesOnListening()
    {
        var audio = _b.Speaking();
        _b.HoldDown().Link(LinkState.Offline).Flushed(audio, 100).TakeOrders();
        Assert.Equal(TurnState.Armed, _b.State.Turn);
        _b.Press(HoldEnded);
        Assert.Equal("close:2", _b.TakeOrders());
    }

    [Fact]
    public void Lost_HandsFree_ListensAfreshOnTheNextConnection()
    {
        foreach (var reach in new Action<ConversationBench>[]
        {
            b => b.SpeechStarted(), b => b.SpeechStarted().SpeechStopped(900), b => b.SpeechStarted().SpeechStopped(900).Committed(),
        })
        {
            var b = new ConversationBench(ConversationBench.HandsFree);
            b.Tap();
            reach(b);
            b.Link(LinkState.Offline).Link(LinkState.Ready);
            Assert.Equal((TurnState.Armed, TurnGate.Streaming), (b.State.Turn, b.State.Gate));
            b.Wait(b.Rules.IdleTimeoutMs);
            Assert.Equal(ConversationState.Closed, b.State.Conversation);
        }
    }

    [Fact]
    public void Lost_HandsFreeWhileSpeaking_OldPlacesDoNotSettleTheNewConnectionsAudio()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        var audio = b.SpeakingFreely(ms: 500);
        b.Link(LinkState.Offline).Link(LinkState.Ready).Mark(PlayedMarkKind.Progress, audio, 500);
        Assert.Equal(TurnState.Armed, b.State.Turn);
        Assert.DoesNotContain(b.Orders, o => o.StartsWith("settle-stream", StringComparison.Ordinal));
    }

    [Fact]
    public void Lost_HandsFreeBeforeTheAnswerSounds_ItSettlesItsTurn()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        b.Tap().SpeechStarted().SpeechStopped(1_200).Committed().Created("r");
        var audio = b.Audio("r", "i", 500);
        b.Link(LinkState.Offline).Mark(PlayedMarkKind.Started, audio);
        Assert.Equal(TurnState.Speaking, b.State.Turn);
        Assert.Contains("settle-stream:1200", b.Orders);
    }

    [Fact]
    public void Mute_WhileListening_TakesTheTurnBack()
    {
        _b.HoldDown().Do(new SpeechHeard(1)).Do(new MuteWanted(null, 0));
        Assert.Equal("open:1 abandon:1 mic-off", _b.TakeOrders());
        Assert.Equal((TurnState.Idle, TurnGate.None, ConversationState.Closed), (_b.State.Turn, _b.State.Gate, _b.State.Conversation));
        _b.Press(HoldEnded);
        Assert.Empty(_b.Orders);
        _b.Do(new MuteWanted(null, 0));
        Assert.Equal(MuteState.Open, _b.State.Mute);
    }

    [Fact]
    public void Mute_Twice_IsOnce()
    {
        _b.Do(new MuteWanted(true, 0)).Do(new MuteWanted(true, 0));
        Assert.Equal("mic-off", _b.TakeOrders());
    }

    [Fact]
    public void Mute_WhileCommittingThinkingSpeaking_TheAnswerIsHeard()
    {
        _b.Hold().Do(new MuteWanted(true, 0)).Do(new TurnSent(1, true));
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        _b.Committed().Created("r", 1).Do(new MuteWanted(false, 0)).Do(new MuteWanted(true, 0));
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        var audio = _b.Audio("r", "i", 100);
        _b.Mark(PlayedMarkKind.Started, audio).Do(new MuteWanted(false, 0)).Do(new MuteWanted(true, 0));
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Done("r").Mark(PlayedMarkKind.Progress, audio, 100);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Mute_DuringAPressThatPausedAnAnswer_ItGoesOn()
    {
        var audio = _b.Speaking(ms: 100);
        _b.Press(Down).Do(new MuteWanted(true, 0));
        Assert.Equal("pause open:2 abandon:2 resume mic-off", _b.TakeOrders());
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Press(Confirmed, PressKind.Tap).Done("r").Mark(PlayedMarkKind.Progress, audio, 100);
        Assert.Equal((TurnState.Idle, MuteState.Muted), (_b.State.Turn, _b.State.Mute));
    }

    [Fact]
    public void Mute_WhileInterrupted_Rests()
    {
        var audio = _b.Speaking();
        _b.HoldDown().Do(new MuteWanted(true, 0)).Flushed(audio, 50);
        Assert.Equal((TurnState.Idle, ConversationState.Closed), (_b.State.Turn, _b.State.Conversation));
        Assert.Contains("truncate:i:0:50", _b.Orders);
    }

    [Fact]
    public void Mute_HandsFree_AnswerStillComes()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        b.Tap().SpeechStarted().SpeechStopped(900).Do(new MuteWanted(true, 0)).Link(LinkState.Offline).Link(LinkState.Ready);
        Assert.Equal(TurnState.Idle, b.State.Turn);
    }
}
