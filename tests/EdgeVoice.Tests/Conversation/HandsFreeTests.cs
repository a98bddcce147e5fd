using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

public sealed class HandsFreeTests
{
    private readonly ConversationBench _b = new(ConversationBench.HandsFree);

    [Fact]
    public void Tap_OpensTheStream_TapWhileListeningCloses()
    {
        _b.Tap();
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
        _b.SpeechStarted();
        Assert.Equal(TurnState.Listening, _b.State.Turn);
        _b.Tap();
        Assert.Equal((TurnState.Idle, TurnGate.None, ConversationState.Closed), (_b.State.Turn, _b.State.Gate, _b.State.Conversation));
        Assert.Equal("open-stream:1 abandon:1", _b.TakeOrders());
    }

    [Fact]
    public void Turn_FromSpeechToRest_SettlesWhereSpeechEnded()
    {
        _b.Tap().SpeechStarted(100).SpeechStopped(1_500);
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        _b.Committed().Created("r");
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        var audio = _b.Audio("r", "i", 400);
        _b.Mark(PlayedMarkKind.Started, audio);
        Assert.Contains("settle-stream:1500", _b.Orders);
        Assert.DoesNotContain(_b.Orders, o => o.StartsWith("create", StringComparison.Ordinal));
        _b.Done("r").Mark(PlayedMarkKind.Progress, audio, 400);
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
    }

    [Fact]
    public void ServerError_InPlaceOfAnAnswer_IsToldAndTheTurnEndsAtOnce()
    {
        _b.Tap().SpeechStarted(100).SpeechStopped(1_500).Committed();
        _b.Error("", null, "a disk is full", "invalid_request_error");
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Error("", null, "a disk is full", "server_error");
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
        Assert.Equal(["server: a disk is full", "the server could not answer"], _b.Told.TakeLast(2));
        Assert.Contains("settle-stream:1500", _b.Orders);
    }

    [Fact]
    public void ServerError_WhileAnAnswerSounds_EndsNothing()
    {
        _b.SpeakingFreely();
        _b.Error("", null, "a disk is full", "server_error");
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
    }

    [Fact]
    public void Tap_WhileSpeaking_InterruptsAndListens()
    {
        var audio = _b.SpeakingFreely();
        _b.Press(Down).Press(Confirmed).Flushed(audio, 250).Press(PressKind.Tap);
        Assert.Equal("pause settle:1 flush[r] cancel:r truncate:i:0:250", _b.TakeOrders());
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
        _b.Wait(_b.Rules.IdleTimeoutMs);
        Assert.Equal(ConversationState.Closed, _b.State.Conversation);
    }

    [Fact]
    public void Tap_FlushedOnlyAfterIt_StillTimesOutWhenNobodySpeaks()
    {
        var audio = _b.SpeakingFreely();
        _b.Tap().Flushed(audio, 250);
        Assert.Equal(TurnState.Armed, _b.State.Turn);
        _b.Wait(_b.Rules.IdleTimeoutMs);
        Assert.Equal(ConversationState.Closed, _b.State.Conversation);
    }

    [Fact]
    public void Tap_WhileThinking_InterruptsAndRefusesWhatWasAboutToBegin()
    {
        _b.Tap().SpeechStarted().SpeechStopped(900).Tap().Flushed().TakeOrders();
        Assert.Equal(TurnState.Armed, _b.State.Turn);
        _b.Committed().Created("r");
        Assert.Equal("taken refuse:r cancel:r", _b.TakeOrders());
        _b.SpeechStarted().SpeechStopped(2_000).Created("s");
        Assert.DoesNotContain("refuse:s", _b.Orders);
    }

    [Fact]
    public void Glitch_WhileSpeaking_Resumes()
    {
        _b.SpeakingFreely();
        _b.Press(Down, Undone);
        Assert.Equal("pause resume", _b.TakeOrders());
        Assert.Equal((TurnState.Speaking, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
    }

    [Fact]
    public void Hold_DoesAsTheOpeningTap()
    {
        _b.Hold();
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
        _b.SpeechStarted().Hold();
        Assert.Equal(TurnGate.Streaming, _b.State.Gate);
    }

    [Fact]
    public void SpeechStarted_WhileSpeaking_FlushesWithoutACancel()
    {
        var audio = _b.SpeakingFreely();
        _b.SpeechStarted();
        Assert.Equal("settle:1 flush[r]", _b.TakeOrders());
        _b.Flushed(audio, 600);
        Assert.Equal("truncate:i:0:600", _b.TakeOrders());
        Assert.Equal(TurnState.Listening, _b.State.Turn);
    }

    [Fact]
    public void SpeechStopped_BeforeTheFlushIsTold_IsNotLost()
    {
        var audio = _b.SpeakingFreely();
        _b.SpeechStarted().SpeechStopped(5_000).Flushed(audio, 600).Committed().Created("s");
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
    }

    [Fact]
    public void SpeechStarted_WithoutInterruption_LetsTheAnswerSound()
    {
        var b = new ConversationBench(ConversationBench.HandsFree with { InterruptResponse = false });
        b.SpeakingFreely();
        b.SpeechStarted();
        Assert.Empty(b.Orders);
        Assert.Equal(TurnState.Listening, b.State.Turn);
    }

    [Fact]
    public void SpeechStarted_AnswerSoundsInARest_InterruptsIt()
    {
        _b.Tap().Created("r").Mark(PlayedMarkKind.Started, _b.Audio("r", "i", 900));
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.TakeOrders();
        _b.SpeechStarted();
        Assert.Contains("flush[r]", _b.Orders);
    }

    [Fact]
    public void CreateResponseFalse_AsksItself_AndAnInterruptionGivesTheOrderUp()
    {
        var b = new ConversationBench(ConversationBench.HandsFree with { CreateResponse = false });
        b.Tap().SpeechStarted().SpeechStopped(800).Committed();
        Assert.Contains("create:ask_1", b.Orders);
        b.SpeechStarted().Flushed().TakeOrders();
        b.Created("r", order: 1);
        Assert.Equal("refuse:r cancel:r", b.TakeOrders());
        b.SpeechStopped(2_000).Committed().Created("s", order: 2);
        Assert.DoesNotContain("refuse:s", b.Orders);
        Assert.Equal(TurnState.Thinking, b.State.Turn);
    }

    [Fact]
    public void Idle_NobodySpeaks_Closes()
    {
        _b.Tap().Wait(_b.Rules.IdleTimeoutMs);
        Assert.Equal((TurnGate.None, ConversationState.Closed), (_b.State.Gate, _b.State.Conversation));
        Assert.Contains("abandon:1", _b.Orders);
    }

    [Fact]
    public void Idle_WhileSomeoneSpeaks_StaysOpen()
    {
        _b.Press(Down).SpeechStarted().Press(Confirmed, PressKind.Tap).Wait(10 * _b.Rules.IdleTimeoutMs);
        Assert.Equal((TurnState.Listening, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
    }

    [Fact]
    public void AlwaysOpen_ListensFromTheStart_NeverTimesOut_AndAfterAMute()
    {
        var b = new ConversationBench(ConversationBench.HandsFree with { AlwaysOpen = true });
        b.Do(new DeviceStarted(0)).Wait(1_000_000);
        Assert.Equal("open-stream:1", b.TakeOrders());
        b.Do(new MuteWanted(true, 0));
        Assert.Equal("abandon:1 mic-off", b.TakeOrders());
        b.Do(new MuteWanted(false, 0));
        Assert.Equal("mic-on open-stream:2", b.TakeOrders());
    }

    [Fact]
    public void AlwaysOpen_UnmutedWhileAnswering_TheAnswerCanBeInterrupted()
    {
        var b = new ConversationBench(ConversationBench.HandsFree with { AlwaysOpen = true });
        b.Do(new DeviceStarted(0));
        b.SpeakingFreely();
        b.Do(new MuteWanted(true, 0)).Do(new MuteWanted(false, 0));
        Assert.Equal((TurnState.Speaking, TurnGate.Streaming), (b.State.Turn, b.State.Gate));
        b.SpeechStarted();
        Assert.Equal(TurnState.Interrupted, b.State.Turn);
    }

    [Fact]
    public void NoAnswer_InTime_ListensAgain()
    {
        _b.Tap().SpeechStarted().SpeechStopped(700).Wait(TurnRules.AnswerTimeoutMs);
        Assert.Equal((TurnState.Armed, TurnGate.Streaming), (_b.State.Turn, _b.State.Gate));
        Assert.Contains("settle-stream:700", _b.Orders);
    }

    [Fact]
    public void DoubleTap_CancelsAndCloses_AndRefusesAnAnswerAboutToBegin()
    {
        _b.Tap().SpeechStarted().SpeechStopped(700).Tap().Press(Down, Confirmed, DoubleTap).TakeOrders();
        _b.Created("r");
        Assert.Contains("cancel:r", _b.Orders);
        Assert.Equal(ConversationState.Closed, _b.State.Conversation);
    }

    [Fact]
    public void ToolCall_AnswersOnce_AndTheTurnGoesOnUntilTheFollowUp()
    {
        var audio = _b.SpeakingFreely(ms: 100);
        var call = new FunctionCallItem("call_1", "set_timer") { Status = ItemStatus.Completed };
        _b.Server(new ResponseOutputItemDone(call, "r")).Server(new ResponseOutputItemDone(call, "r"))
            .Mark(PlayedMarkKind.Progress, audio, 100).Done("r");
        Assert.Equal("output:call_1 create:ask_1", _b.TakeOrders());
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Created("s", order: 1).Mark(PlayedMarkKind.Started, _b.Audio("s", "j", 100)).Done("s");
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
    }

    [Fact]
    public void ToolCall_PressBeforeTheFollowUp_ItIsRefused()
    {
        _b.SpeakingFreely();
        _b.Server(new ResponseOutputItemDone(new FunctionCallItem("c", "x") { Status = ItemStatus.Completed }, "r")).Done("r");
        _b.Tap().Flushed().TakeOrders();
        _b.Created("s", order: 1);
        Assert.Equal("refuse:s cancel:s", _b.TakeOrders());
    }

    [Fact]
    public void ToolCall_FollowUpNeverComes_GivesUpInTime()
    {
        var audio = _b.SpeakingFreely(ms: 100);
        _b.Server(new ResponseOutputItemDone(new FunctionCallItem("c", "x") { Status = ItemStatus.Completed }, "r"))
            .Mark(PlayedMarkKind.Progress, audio, 100).Done("r").Wait(TurnRules.AnswerTimeoutMs);
        Assert.Equal(TurnState.Armed, _b.State.Turn);
    }
}
