using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Which sound belongs to what happens.</summary>
public sealed class CueTests
{
    private readonly ConversationBench _b = new();

    [Fact]
    public void Started_IsTheStartUpSound() => Assert.Equal("StartUp", Cues(new DeviceStarted(0)));

    [Fact]
    public void Press_OpensATurn_WakesOnceItIsNoGlitch()
    {
        _b.Press(Down);
        Assert.Equal("", TakeCues());
        _b.Press(Confirmed, HoldStarted);
        Assert.Equal("Woken", TakeCues());
    }

    [Fact]
    public void Press_Glitch_IsSilent()
    {
        _b.Press(Down, Undone);
        Assert.Equal("", TakeCues());
    }

    [Fact]
    public void Hold_WithSpeech_IsDoneWhenReleased()
    {
        _b.HoldDown().Do(new SpeechHeard(1)).Press(HoldEnded);
        Assert.Equal("Woken DoneListening", TakeCues());
        _b.Do(new TurnSent(1, Asked: true)).Committed();
        Assert.Equal("", TakeCues());
    }

    [Theory]
    [InlineData("nothing heard")]
    [InlineData("too short")]
    public void Hold_Empty_SaysSoAndNothingElse(string why)
    {
        _b.Hold();
        Assert.Equal("Woken", TakeCues());
        _b.Do(new TurnTakenBack(1, why));
        Assert.Equal("NothingHeard", TakeCues());
    }

    [Fact]
    public void Hold_EmptyAndPressedAgainMeanwhile_OnlyWakes()
    {
        _b.Hold().HoldDown();
        TakeCues();
        _b.Do(new TurnTakenBack(1, "nothing heard"));
        Assert.Equal("", TakeCues());
    }

    [Fact]
    public void Tap_EndedBySilenceAfterSpeech_IsDone()
    {
        _b.Tap().Do(new SpeechHeard(1)).Do(new LocalSilence(1, 0));
        Assert.Equal("Woken DoneListening", TakeCues());
    }

    [Fact]
    public void Tap_EndedByTheNextTap_HushesAndIsDone()
    {
        _b.Tap().Do(new SpeechHeard(1)).Tap();
        Assert.Equal("Woken Hush DoneListening", TakeCues());
    }

    [Fact]
    public void DoubleTap_EndsTheConversation()
    {
        _b.Tap().Press(Down, Confirmed, DoubleTap);
        Assert.Equal("Woken Hush DoneListening", TakeCues());
    }

    [Fact]
    public void Press_WhileItSpeaks_WakesAfterTheAnswerWasGivenUp()
    {
        Speaking();
        _b.Press(Down, Confirmed);
        Assert.Equal("Woken", TakeCues());
        Assert.Contains("flush", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void HandsFree_Turns_SoundOnlyWhereListeningBeginsAndEnds()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        b.News.Clear();
        b.Tap().SpeechStarted().SpeechStopped(900).Committed();
        Assert.Equal("Woken", Cues(b));
        b.Tap();
        Assert.Equal("Woken Woken", Cues(b));
        b.Do(new SoundPlayed(new PlayedMark(PlayedMarkKind.Flushed, null, 0, 0, 0, b.Epoch))).Tap();
        Assert.Equal("Woken Woken Hush DoneListening", Cues(b));
    }

    [Fact]
    public void HandsFree_Idle_SaysThatNobodyListensAnyMore()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        b.News.Clear();
        b.Tap();
        b.Time.AdvanceMs(20_001);
        b.Loop.HandleWaiting();
        Assert.Equal("Woken DoneListening", Cues(b));
    }

    [Fact]
    public void Mute_OnAndOff_EachHasItsSound()
    {
        _b.Do(new MuteWanted(true, 0)).Do(new MuteWanted(true, 0)).Do(new MuteWanted(false, 0));
        Assert.Equal("MuteOn MuteOff", TakeCues());
    }

    [Fact]
    public void Mute_WhileListening_IsTheMuteSoundAlone()
    {
        _b.HoldDown().Do(new SpeechHeard(1));
        TakeCues();
        _b.Do(new MuteWanted(true, 0));
        Assert.Equal("MuteOn", TakeCues());
    }

    [Fact]
    public void Press_WhileMuted_IsTheMuteSound()
    {
        _b.Do(new MuteWanted(true, 0)).Press(Down, Confirmed, Tap);
        Assert.Equal("MuteOn MuteOn", TakeCues());
        _b.Press(Down, Undone);
        Assert.Equal("", TakeCues());
    }

    [Fact]
    public void Microphone_Missing_IsToldOnceAndAgainAtEachPress()
    {
        _b.Do(new MicrophoneLost("gone", 0)).Do(new MicrophoneLost("still gone", 0));
        Assert.Equal("Error:NoMicrophone", TakeCues());
        _b.Hold();
        Assert.Equal("Error:NoMicrophone", TakeCues());
        _b.Do(new MicrophoneBack(0)).Hold();
        Assert.Equal("Woken", TakeCues());
    }

    [Fact]
    public void Loudspeaker_Missing_CannotBeHeard()
    {
        _b.Do(new LoudspeakerLost("gone"));
        Assert.Equal("", TakeCues());
    }

    [Fact]
    public void Refusal_IsToldOnceARowAndAgainAtEachPress()
    {
        for (var i = 0; i < 5; i++) Fail(LinkState.Stopped, Trouble.KeyRejected);
        Assert.Equal("Error:KeyRejected", TakeCues());
        _b.Hold();
        Assert.Equal("Error:KeyRejected", TakeCues());
        Fail(LinkState.Stopped, Trouble.QuotaUsedUp);
        Assert.Equal("Error:QuotaUsedUp", TakeCues());
        _b.Link(LinkState.Ready).HoldDown();
        Assert.Equal("Woken", TakeCues());
    }

    [Fact]
    public void MissingKey_IsToldAtOnceThoughItIsTriedAgain()
    {
        for (var i = 0; i < 5; i++) Fail(LinkState.Offline, Trouble.KeyRejected);
        Assert.Equal("Error:KeyRejected", TakeCues());
    }

    [Theory]
    [InlineData(Trouble.NoNetwork)]
    [InlineData(Trouble.NoInternet)]
    [InlineData(Trouble.WrongClock)]
    [InlineData(Trouble.TooManyRequests)]
    public void WhatMayPass_IsToldWhenItHasNotPassedOnceARow(Trouble trouble)
    {
        Fail(LinkState.Offline, trouble);
        Fail(LinkState.Offline, trouble);
        Assert.Equal("", TakeCues());
        for (var i = 0; i < 10; i++) Fail(LinkState.Offline, trouble);
        Assert.Equal($"Error:{trouble}", TakeCues());
        // A press is kept and sent later: it wakes.
        _b.Hold();
        Assert.Equal("Woken", TakeCues());
        _b.Link(LinkState.Ready);
        for (var i = 0; i < 3; i++) Fail(LinkState.Offline, trouble);
        Assert.Equal($"Error:{trouble}", TakeCues());
    }

    [Fact]
    public void Connection_ThatJustEnds_IsSilent()
    {
        for (var i = 0; i < 5; i++) Fail(LinkState.Offline, Trouble.None);
        Assert.Equal("", TakeCues());
    }

    [Theory]
    [InlineData("insufficient_quota", "Error:QuotaUsedUp")]
    [InlineData("rate_limit_exceeded", "Error:TooManyRequests")]
    [InlineData("server_error", "Error")]
    public void Answer_ThatFails_IsToldWithItsCause(string code, string cue)
    {
        Asked();
        _b.Created("r1", turn: 1);
        _b.Server(new ResponseDone(new Response(Id: "r1", Status: ResponseStatus.Failed,
            StatusDetails: new ResponseStatusDetails(Error: new ResponseError(Code: code)))));
        Assert.Equal(cue, TakeCues());
    }

    [Fact]
    public void Answer_RefusedByAnError_IsToldWithItsCauseOnce()
    {
        Asked();
        _b.Error("insufficient_quota", "answer_1");
        Assert.Equal("Error:QuotaUsedUp", TakeCues());
        _b.Created("r2", turn: 1).Done("r2", ResponseStatus.Failed);
        Assert.DoesNotContain("Quota", TakeCues(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_ThatNeverComes_IsAnError()
    {
        Asked();
        _b.Time.AdvanceMs(TurnRules.AnswerTimeoutMs + 1);
        _b.Loop.HandleWaiting();
        Assert.Equal("Error", TakeCues());
    }

    [Fact]
    public void Audio_ThatWasLost_IsAnError() => Assert.Equal("Error", Cues(new TurnAudioLost(1, 480)));

    [Fact]
    public void EveryTroubleHasItsOwnNameAndBlinks()
    {
        Assert.Equal(Enumerable.Range(1, 9), Troubles.All.Select(Troubles.Blinks));
        Assert.Equal(9, Troubles.All.Select(Troubles.Name).Distinct().Count());
        Assert.Equal((7, 8), (Troubles.Blinks(Trouble.NoMicrophone), Troubles.Blinks(Trouble.NoLoudspeaker)));
        Assert.Equal(("", " (1 blink)", " (4 blinks)"),
            (Troubles.Label(Trouble.None), Troubles.Label(Trouble.NoNetwork), Troubles.Label(Trouble.KeyRejected)));
    }

    private void Fail(LinkState state, Trouble trouble) =>
        _b.Link(LinkState.Connecting).Do(new LinkChanged(state, $"because of {trouble}", trouble));

    private void Asked()
    {
        _b.HoldDown().Do(new SpeechHeard(1)).Press(HoldEnded).Do(new TurnSent(1, Asked: true)).Committed();
        TakeCues();
    }

    private void Speaking()
    {
        Asked();
        var item = _b.Created("r1", turn: 1).Audio("r1", "i1", 2_000);
        _b.Do(new SoundPlayed(new PlayedMark(PlayedMarkKind.Started, item, 0, 0, 0, 0)));
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        TakeCues();
        _b.TakeOrders();
    }

    private string Cues(ConversationEvent happened)
    {
        _b.Do(happened);
        return TakeCues();
    }

    private string TakeCues()
    {
        var cues = Cues(_b);
        _b.News.Clear();
        return cues;
    }

    private static string Cues(ConversationBench bench) => string.Join(' ', bench.News.OfType<ConversationNews.Cued>().Select(news =>
        (news.Cue.Sound?.ToString() ?? "Hush") + (news.Cue.Trouble == Trouble.None ? "" : ":" + news.Cue.Trouble)));
}
