using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>What later sessions are told: what was really said and really heard.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void ATurnHeardToItsEnd_IsToldWhole_AfterOneLineOfContext()
    {
        var b = new ConversationBench();
        Turn(b, "What time is it?", "Ten past four.");
        Assert.Equal(["system: " + ConversationMemory.Context, "user: What time is it?", "assistant: Ten past four."], Told(b));
    }

    [Fact]
    public void NothingSaid_NothingIsTold() => Assert.Empty(Told(new ConversationBench()));

    [Fact]
    public void AnswerCut_IsToldAsFarAsItWasHeard()
    {
        var b = new ConversationBench();
        var audio = Answer(b, "Tell me.", "one two three four five six seven eight nine ten", 4_000);
        audio.MarkDone();
        b.HoldDown().Flushed(audio, 2_000);
        Assert.Equal(["user: Tell me.", "assistant: one two three four five"], Told(b)[1..]);
    }

    [Fact]
    public void AnswerOfWhichNothingWasHeard_IsNotTold()
    {
        var b = new ConversationBench();
        b.Hold();
        Commit(b, "Tell me.");
        b.Created("r", 1).Announced("r", "i");
        b.Server(new ResponseOutputAudioTranscriptDelta("r", "i", Delta: "Never heard."));
        var audio = b.Audio("r", "i", 1_000, announced: false);
        b.HoldDown().Flushed(audio, 0);
        Assert.Equal(["user: Tell me."], Told(b)[1..]);
    }

    [Fact]
    public void WordsThatComeAfterTheCut_AreNotToldAsHeard()
    {
        var b = new ConversationBench();
        var audio = Answer(b, "Tell me.", "one two", 4_000);
        b.HoldDown().Flushed(audio, 400);
        b.Server(new ResponseOutputAudioTranscriptDone("r", "i", Transcript: "one two three four five six seven eight nine ten"));
        Assert.Equal("assistant: one", Told(b)[^1]);
    }

    [Fact]
    public void TurnNotAnsweredYet_IsSentAgain_AndThereforeNotTold()
    {
        var b = new ConversationBench();
        Turn(b, "First.", "Yes.");
        b.Hold();
        Commit(b, "Second.", "u2");
        b.Link(LinkState.Offline);
        Assert.Equal(["user: First.", "assistant: Yes."], Told(b)[1..]);
        // On the new session it becomes an item once more.
        b.Link(LinkState.Ready);
        Commit(b, "Second.", "u9");
        b.Created("r2", 2);
        var audio = b.Audio("r2", "i2", 500);
        b.Mark(PlayedMarkKind.Started, audio);
        b.Link(LinkState.Offline);
        Assert.Equal(["user: First.", "assistant: Yes.", "user: Second."], Told(b)[1..]);
    }

    [Fact]
    public void TypedTurn_IsToldOnceItIsAnswered_AndNotWhenItWasTakenBack()
    {
        var b = new ConversationBench();
        b.Do(new TextSaid("typed"));
        Assert.Empty(Told(b));
        b.Link(LinkState.Offline).Link(LinkState.Ready);
        b.Do(new TurnSent(1, true)).Created("r", 1);
        var audio = b.Audio("r", "i", 500);
        b.Mark(PlayedMarkKind.Started, audio);
        Assert.Equal(["user: typed"], Told(b)[1..]);
        b.Link(LinkState.Offline).Do(new TextSaid("taken back")).Press(PressKind.DoubleTap);
        Assert.Equal(["user: typed"], Told(b)[1..]);
    }

    [Fact]
    public void TypedWhileSomebodySpeaks_IsToldOnceTheServerHasIt_ForItIsNotSentAgain()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        b.Tap().SpeechStarted().Do(new TextSaid("by the way"));
        Assert.Empty(Told(b));
        b.Server(new ConversationItemAdded(new MessageItem(MessageRole.User) { Id = TextTurn.ItemId(2) }));
        Assert.Equal(["user: by the way"], Told(b)[1..]);
    }

    [Fact]
    public void HandsFree_EachAnsweredTurnIsTold()
    {
        var b = new ConversationBench(ConversationBench.HandsFree);
        b.Tap();
        b.SpeechStarted().SpeechStopped(3_000);
        Commit(b, "Hello.");
        b.Created("r");
        var audio = b.Audio("r", "i", 500);
        b.Server(new ResponseOutputAudioTranscriptDone("r", "i", Transcript: "Hi."));
        b.Mark(PlayedMarkKind.Started, audio);
        Assert.Equal(["user: Hello.", "assistant: Hi."], Told(b)[1..]);
    }

    [Fact]
    public void TextAnswer_IsToldAsFarAsItWasShown()
    {
        var b = new ConversationBench();
        b.Hold();
        Commit(b, "Write.");
        b.Created("r", 1).Announced("r", "i").Server(new ResponseOutputTextDelta("r", "i", Delta: "Written ")).Server(new ResponseOutputTextDelta("r", "i", Delta: "down."));
        Assert.Equal(["user: Write.", "assistant: Written down."], Told(b)[1..]);
    }

    [Fact]
    public void MoreThanTheBudget_TheOldestGo()
    {
        var b = new ConversationBench(new TurnRules(HandsFree: false, MemoryTokens: 60));
        for (var i = 1; i <= 50; i++) Turn(b, $"Question {i}, which has some words.", $"Answer {i}.", i);
        Assert.Equal(["assistant: Answer 48.", "user: Question 49, which has some words.", "assistant: Answer 49.", "user: Question 50, which has some words.", "assistant: Answer 50."], Told(b)[1..]);
    }

    [Fact]
    public void NoBudget_NothingIsTold()
    {
        var b = new ConversationBench(new TurnRules(HandsFree: false, MemoryTokens: 0));
        Turn(b, "Question.", "Answer.");
        Assert.Empty(Told(b));
    }

    [Fact]
    public void ThousandsOfTurnsWithoutATranscript_TakeNoMemory()
    {
        var b = new ConversationBench();
        for (var i = 1; i <= 2_000; i++) Turn(b, null, "", i);
        Assert.Empty(Told(b));
        Assert.InRange(b.Loop.RememberedEntries, 0, 200);
    }

    [Fact]
    public void AnswerThatOutlivesItsConnection_IsToldWhole_AndCorrectedWhenItIsCut()
    {
        var b = new ConversationBench();
        Turn(b, "Before.", "Yes.");
        var audio = Answer(b, "Tell me.", "one two three four five six seven eight nine ten", 4_000, 2);
        audio.MarkDone();
        b.Link(LinkState.Offline);
        var told = Recall(b);
        b.Link(LinkState.Ready);
        Assert.Equal("assistant: one two three four five six seven eight nine ten", Words(told[^1]));
        b.Orders.Clear();
        b.HoldDown().Flushed(audio, 2_000);
        var (was, before) = (Id(told[^1]), Id(told[^2]));
        Assert.Contains($"delete:{was}", b.Orders);
        Assert.Contains($"tell-after:{before}:one two three four five", b.Orders);
        Assert.DoesNotContain(b.Orders, o => o.StartsWith("truncate", StringComparison.Ordinal));
    }

    [Fact]
    public void OnlyItemToldAndCutBeforeItWasHeard_IsTakenBack()
    {
        var b = new ConversationBench();
        b.Hold();
        b.Do(new TurnSent(1, true)).Committed().Created("r", 1);
        var audio = b.Audio("r", "i", 1_000);
        b.Server(new ResponseOutputAudioTranscriptDone("r", "i", Transcript: "Never heard.")).Done("r");
        b.Link(LinkState.Offline);
        var told = Recall(b);
        b.Link(LinkState.Ready);
        b.Orders.Clear();
        b.HoldDown().Flushed(audio, 0);
        Assert.Contains($"delete:{Id(told[^1])}", b.Orders);
        Assert.DoesNotContain(b.Orders, o => o.StartsWith("tell", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HandoverMoment.Quiet, 1_900, false)]
    [InlineData(HandoverMoment.Quiet, 20_000, true)]
    [InlineData(HandoverMoment.AfterAnswer, 0, true)]
    [InlineData(HandoverMoment.Now, 0, true)]
    public void AfterATurn_TheMomentCounts(HandoverMoment moment, int afterMs, bool isMoment)
    {
        var b = new ConversationBench();
        Turn(b, "Question.", "Answer.");
        // The conversation is closed by its timer; then it is quiet for a while.
        b.Wait(afterMs).Wait(afterMs == 20_000 ? 2_000 : 0);
        Assert.Equal(isMoment, Recall(b, moment) is not null);
    }

    [Theory]
    [InlineData(HandoverMoment.Quiet)]
    [InlineData(HandoverMoment.AfterAnswer)]
    public void DuringATurn_ThereIsNoMomentButNow(HandoverMoment moment)
    {
        var b = new ConversationBench();
        b.Press(PressKind.Down);
        Assert.Null(Recall(b, moment));
        b.Press(PressKind.Confirmed, PressKind.HoldStarted);
        Assert.Null(Recall(b, moment));
        b.Press(PressKind.HoldEnded);
        Assert.Null(Recall(b, moment));
        Commit(b, "Question.");
        b.Created("r", 1);
        Assert.Null(Recall(b, moment));
        var audio = b.Audio("r", "i", 500);
        b.Mark(PlayedMarkKind.Started, audio).Wait(10_000);
        Assert.Null(Recall(b, moment));
        Assert.NotNull(Recall(b, HandoverMoment.Now));
    }

    [Fact]
    public void Exchanged_WhileATurnIsOnItsWay_TheTurnGoesOnAndTheAnswerTimerStops()
    {
        var b = new ConversationBench();
        b.Hold();
        Commit(b, "Question.");
        b.Created("r", 1);
        b.Do(new LinkChanged(LinkState.Rotating, null)).Do(new LinkChanged(LinkState.Ready, null) { IsSuccessor = true });
        Assert.Equal((LinkState.Ready, TurnState.Committing), (b.State.Link, b.State.Turn));
        b.Wait(60_000);
        Assert.Equal(TurnState.Committing, b.State.Turn);
        b.Do(new TurnSent(1, true)).Committed().Created("r2", 1);
        var audio = b.Audio("r2", "i2", 500);
        b.Mark(PlayedMarkKind.Started, audio);
        Assert.Equal(TurnState.Speaking, b.State.Turn);
    }

    [Fact]
    public void Exchanged_ForNothing_ChangesNothing()
    {
        var b = new ConversationBench();
        var audio = b.Speaking();
        b.Do(new LinkChanged(LinkState.Rotating, null)).Do(new LinkChanged(LinkState.Ready, null) { IsKept = true });
        Assert.Equal((LinkState.Ready, TurnState.Speaking), (b.State.Link, b.State.Turn));
        b.HoldDown().Flushed(audio, 1_000);
        Assert.Contains(b.Orders, o => o.StartsWith("truncate:i", StringComparison.Ordinal));
    }

    [Fact]
    public void PartThatTheServerDoesNotTake_EndsNoAnswer()
    {
        var b = new ConversationBench();
        b.Speaking();
        b.Error("invalid_value", "memory_3");
        Assert.Equal(TurnState.Speaking, b.State.Turn);
        Assert.Empty(b.Told);
    }

    [Fact]
    public void Restored_IsToldBeforeWhatIsNew()
    {
        var b = new ConversationBench();
        b.Loop.Restore([new Remembered(RememberedKind.Person, "Long ago."), new Remembered(RememberedKind.Device, "Indeed.")]);
        Turn(b, "Now.", "Yes.");
        Assert.Equal(["user: Long ago.", "assistant: Indeed.", "user: Now.", "assistant: Yes."], Told(b)[1..]);
    }

    [Fact]
    public void Changes_AreNews()
    {
        var b = new ConversationBench();
        Turn(b, "Question.", "Answer.");
        Assert.Equal(["Question.", "Answer."], b.News.OfType<ConversationNews.MemoryChanged>().Last().Things.Select(t => t.Text));
    }

    private static void Turn(ConversationBench b, string? question, string answer, int turn = 1)
    {
        var audio = Answer(b, question, answer, 1_000, turn);
        audio.MarkDone();
        b.Done($"r{(turn == 1 ? "" : turn)}").Mark(PlayedMarkKind.Drained, audio, 1_000);
    }

    private static AudioItem Answer(ConversationBench b, string? question, string answer, int ms, int turn = 1)
    {
        var tail = turn == 1 ? "" : $"{turn}";
        b.Hold();
        turn = b.State.TurnNumber;
        b.Do(new TurnSent(turn, true));
        Commit(b, question, "u" + tail);
        b.Created("r" + tail, turn);
        var audio = b.Audio("r" + tail, "i" + tail, ms);
        b.Server(new ResponseOutputAudioTranscriptDelta("r" + tail, "i" + tail, Delta: answer));
        b.Mark(PlayedMarkKind.Started, audio);
        return audio;
    }

    private static void Commit(ConversationBench b, string? words, string item = "u")
    {
        b.Server(new InputAudioBufferCommitted(null, item));
        if (words is not null) b.Server(new ConversationItemInputAudioTranscriptionCompleted(item, 0, words));
    }

    private static string[] Told(ConversationBench b) => [.. Recall(b)!.Select(Words)];

    private static IReadOnlyList<ClientEvent> Recall(ConversationBench b, HandoverMoment moment = HandoverMoment.Now)
    {
        var answer = b.Loop.RecallAsync(moment);
        b.Loop.HandleWaiting();
        return answer.Result!;
    }

    private static string Id(ClientEvent told) => ((ConversationItemCreate)told).Item.Id!;

    private static string Words(ClientEvent told) => ((ConversationItemCreate)told).Item switch
    {
        MessageItem message => $"{message.Role.ToString().ToLowerInvariant()}: {message.Content![0].Text.Value}",
        var other => other.Type,
    };
}
