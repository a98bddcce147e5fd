using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Calls of the model in a conversation: carried out once, answered once, and one answer asked for at the right moment.</summary>
public sealed class ToolCallTests : IToolRunner
{
    private readonly List<(string Name, string Arguments, Action<string> Finished)> _runs = [];
    private readonly ConversationBench _b;

    public ToolCallTests()
    {
        _b = new ConversationBench(tools: this);
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1);
        _b.TakeOrders();
    }

    void IToolRunner.Run(string name, string arguments, Action<string> finished) => _runs.Add((name, arguments, finished));

    [Fact]
    public void Call_Complete_BeginsBeforeItsResponseIsOver_AndOnlyOnce()
    {
        Call("c1");
        Call("c1");
        Assert.Equal(("tool", """{"of":"c1"}"""), (Assert.Single(_runs).Name, _runs[0].Arguments));
        Finish(0);
        // What was said is not sent again: it has led to something.
        Assert.Equal("settle:1", _b.TakeOrders());
        _b.Done("r");
        Assert.Equal("output:c1 create:ask_1", _b.TakeOrders());
        Assert.Equal(new ToolOutcome("c1", "tool", """{"of":"c1"}""", "done", IsSent: true), Assert.Single(Outcomes));
        Call("c1");
        Assert.Equal(("", 1), (_b.TakeOrders(), _runs.Count));
    }

    [Fact]
    public void Call_WithoutIdOrIncomplete_IsIgnored()
    {
        _b.Server(new ResponseOutputItemDone(new FunctionCallItem(null, "tool"), "r"));
        _b.Server(new ResponseOutputItemDone(new FunctionCallItem("c", "tool") { Status = ItemStatus.Incomplete }, "r")).Done("r");
        Assert.Empty(_runs);
        Assert.Equal(("settle:1", TurnState.Idle), (_b.TakeOrders(), _b.State.Turn));
    }

    [Fact]
    public void Calls_OfOneResponse_RunTogetherAndAskOnceWhenAllHaveFinished()
    {
        Call("c1");
        Call("c2");
        Assert.Equal(2, _runs.Count);
        Finish(1);
        _b.Done("r");
        Assert.Equal("settle:1 output:c2", _b.TakeOrders());
        Finish(0);
        Assert.Equal("output:c1 create:ask_1", _b.TakeOrders());
        _b.Created("s", order: 1).Done("s");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Outputs_ThatWait_AreSentInTheOrderOfTheCalls()
    {
        Call("c1");
        Call("c2");
        Finish(1);
        Finish(0);
        _b.Done("r");
        Assert.Equal("settle:1 output:c1 output:c2 create:ask_1", _b.TakeOrders());
    }

    [Fact]
    public void Call_BesideWords_IsAskedForWhileTheySound_AndThinksWhenTheyHaveBeenHeard()
    {
        var audio = _b.Audio("r", "i", 300);
        _b.Mark(PlayedMarkKind.Started, audio);
        Call("c1");
        _b.Done("r").Mark(PlayedMarkKind.Progress, audio, 299);
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Mark(PlayedMarkKind.Progress, audio, 300);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.TakeOrders();
        Finish(0);
        Assert.Equal("output:c1 create:ask_1", _b.TakeOrders());
        _b.Created("s", order: 1);
        var more = _b.Audio("s", "j", 200);
        _b.Mark(PlayedMarkKind.Started, more).Done("s");
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Mark(PlayedMarkKind.Progress, more, 200);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Theory]
    [InlineData(ResponseStatus.Cancelled, "output:c1")]
    [InlineData(ResponseStatus.Failed, "output:c1")]
    [InlineData(ResponseStatus.Incomplete, "output:c1 create:ask_1")]
    public void Response_ThatEndedOtherwise_OutputIsSent_AndAnAnswerAskedForWhereItMakesSense(ResponseStatus status, string orders)
    {
        Call("c1");
        _b.TakeOrders();
        Finish(0);
        _b.Done("r", status);
        Assert.StartsWith(orders, _b.TakeOrders(), StringComparison.Ordinal);
        if (status == ResponseStatus.Failed) Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Response_Failed_ToolStillAtWork_EndsTheTurnAndSendsTheOutputLater()
    {
        Call("c1");
        _b.Done("r", ResponseStatus.Failed);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        _b.TakeOrders();
        Finish(0);
        Assert.Equal("output:c1", _b.TakeOrders());
    }

    [Fact]
    public void Press_WhileAToolWorks_OutputIsSentWithoutAnOrderOfItsOwn()
    {
        Call("c1");
        _b.Done("r");
        _b.HoldDown();
        Assert.Equal(TurnState.Interrupted, _b.State.Turn);
        _b.Flushed().TakeOrders();
        Finish(0);
        Assert.Equal("output:c1", _b.TakeOrders());
        _b.Press(PressKind.HoldEnded).Do(new TurnSent(2, true)).Committed().Created("s", 2).Done("s");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Press_ThatWasNone_ChangesNothing()
    {
        Call("c1");
        _b.Done("r").Press(PressKind.Down, PressKind.Undone).TakeOrders();
        Finish(0);
        Assert.Equal(("output:c1 create:ask_1", TurnState.Thinking), (_b.TakeOrders(), _b.State.Turn));
    }

    [Fact]
    public void Press_BeforeTheResponseIsOver_CallOfTheCancelledOneIsAnsweredAndNothingAsked()
    {
        _b.HoldDown().Flushed().TakeOrders();
        Call("late");
        Finish(0);
        _b.Done("r", ResponseStatus.Cancelled);
        Assert.Equal("output:late", _b.TakeOrders());
    }

    [Fact]
    public void Speech_WhileAToolWorks_OutputIsSentWithoutAnOrderOfItsOwn()
    {
        var free = new ConversationBench(ConversationBench.HandsFree, tools: this);
        free.Tap().SpeechStarted().SpeechStopped(700).Committed().Created("r");
        free.Server(Item("c1")).Done("r").SpeechStarted(900).Flushed().TakeOrders();
        Finish(0, free);
        Assert.Equal(("output:c1", TurnState.Listening), (free.TakeOrders(), free.State.Turn));
    }

    [Fact]
    public void Speech_ThatDoesNotInterrupt_ItsAnswerTakesTheOutputWithIt()
    {
        var free = new ConversationBench(new TurnRules(HandsFree: true, InterruptResponse: false), tools: this);
        free.Tap().SpeechStarted().SpeechStopped(700).Committed().Created("r");
        free.Server(Item("c1")).Done("r").SpeechStarted(900).SpeechStopped(1_400).Committed().Created("s").TakeOrders();
        Finish(0, free);
        Assert.Equal("output:c1", free.TakeOrders());
    }

    [Fact]
    public void ResponseOfTheServersOwn_WhileAToolWorks_TakesTheOutputWithIt()
    {
        Call("c1");
        _b.Done("r").Created("s").TakeOrders();
        Finish(0);
        Assert.Equal("output:c1", _b.TakeOrders());
    }

    [Fact]
    public void AnswerTimer_WhileAToolWorks_DoesNotEndTheTurn_AndDoesAfterwards()
    {
        Call("c1");
        _b.Done("r").Wait(TurnRules.AnswerTimeoutMs + 5_000).Wait(TurnRules.AnswerTimeoutMs);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        Finish(0);
        _b.Wait(TurnRules.AnswerTimeoutMs - 1);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Wait(1);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Link_LostWhileAToolWorks_TheNextSessionIsToldOfTheCall_AndAskedForTheAnswer()
    {
        Call("c1");
        Call("c2");
        Finish(0);
        _b.Done("r").Link(LinkState.Offline);
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        _b.TakeOrders();
        _b.Link(LinkState.Ready);
        // The output of the first had been sent, but only to a session that is gone.
        Assert.Equal("conversation.item.create output:edgevoice_mem_1", _b.TakeOrders());
        Finish(1);
        Assert.Equal("conversation.item.create output:edgevoice_mem_3 create:ask_1", _b.TakeOrders());
        Assert.Equal([("c1", true), ("c2", false)], Outcomes.Select(o => (o.CallId, o.IsSent)));
        _b.Created("s", order: 1);
        // This session may give the same id to another call.
        _b.Server(Item("c1", "s"));
        Assert.Equal(3, _runs.Count);
        Finish(2);
        _b.Done("s");
        Assert.Equal("output:c1 create:ask_2", _b.TakeOrders());
        _b.Created("t", order: 2);
        _b.Mark(PlayedMarkKind.Started, _b.Audio("t", "i", 300));
        Assert.Equal(TurnState.Speaking, _b.State.Turn);
        _b.Link(LinkState.Offline).Link(LinkState.Ready);
        Assert.DoesNotContain(_b.Orders, o => o.StartsWith("create", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_LostAfterTheOutputAndBeforeTheAnswer_ItIsAskedForOnce(bool handsFree)
    {
        var b = handsFree ? new ConversationBench(ConversationBench.HandsFree, tools: this) : _b;
        if (handsFree) b.Tap().SpeechStarted().SpeechStopped(700).Committed().Created("r");
        b.Server(Item("c1"));
        Finish(0, b);
        b.Done("r").Link(LinkState.Offline);
        var recalled = b.Loop.RecallAsync(HandoverMoment.Now);
        b.Loop.HandleWaiting();
        Assert.Equal(["message", "function_call", "function_call_output"], (await recalled)!.Select(e => ((ConversationItemCreate)e).Item.Type));
        b.TakeOrders();
        b.Link(LinkState.Ready);
        Assert.Equal("create:ask_2", b.TakeOrders());
        b.Created("s", order: 2);
        b.Mark(PlayedMarkKind.Started, b.Audio("s", "i", 300));
        Assert.Equal(TurnState.Speaking, b.State.Turn);
    }

    [Fact]
    public void Link_LostWhileAToolWorks_WhoeverSpeaksMeanwhileIsAnsweredInstead()
    {
        Call("c1");
        _b.Done("r").Link(LinkState.Offline).HoldDown();
        Finish(0);
        _b.TakeOrders();
        _b.Link(LinkState.Ready);
        Assert.Equal("conversation.item.create output:edgevoice_mem_1", _b.TakeOrders());
        _b.Press(PressKind.HoldEnded).Do(new TurnSent(2, true)).Committed().Created("s", 2);
        Assert.DoesNotContain("create:", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void Link_LostWhileAToolWorks_AndGivenUp_NothingIsAskedFor()
    {
        Call("c1");
        _b.Done("r").Press(PressKind.DoubleTap).Link(LinkState.Offline).Link(LinkState.Ready).TakeOrders();
        Finish(0);
        Assert.Equal("conversation.item.create output:edgevoice_mem_1", _b.TakeOrders());
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Link_LostWhileAToolWorks_OfAnAnswerThatHadBegun_TheRestIsAskedFor()
    {
        var audio = _b.Audio("r", "i", 300);
        _b.Mark(PlayedMarkKind.Started, audio);
        Call("c1");
        _b.Done("r").Mark(PlayedMarkKind.Progress, audio, 300).Link(LinkState.Offline);
        Assert.Equal(TurnState.Committing, _b.State.Turn);
        Finish(0);
        _b.Link(LinkState.Ready);
        Assert.EndsWith("create:ask_1", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void ResponseDone_Unreadable_EndsTheResponseAllTheSame()
    {
        Call("c1");
        Finish(0);
        _b.Server(new MalformedServerEvent("broken") { ReceivedType = "response.done" });
        Assert.Equal("settle:1 output:c1 create:ask_1", _b.TakeOrders());
    }

    [Fact]
    public void NoTools_EachCallIsAnsweredWithAnError()
    {
        var bare = new ConversationBench();
        bare.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).TakeOrders();
        bare.Server(Item("c1")).Done("r");
        Assert.Equal("settle:1 output:c1 create:ask_1", bare.TakeOrders());
        Assert.Contains("error", bare.News.OfType<ConversationNews.ToolFinished>().Single().Outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mute_IsCarriedOutWhenTheAnswerHasBeenHeard()
    {
        var audio = Wish(AfterAnswer.Mute);
        _b.Mark(PlayedMarkKind.Progress, audio, 199);
        Assert.Equal((MuteState.Open, ""), (_b.State.Mute, _b.TakeOrders()));
        _b.Mark(PlayedMarkKind.Progress, audio, 200);
        Assert.Equal((MuteState.Muted, "mic-off"), (_b.State.Mute, _b.TakeOrders()));
    }

    [Fact]
    public void Mute_AnswerCut_WaitsForTheNextOne()
    {
        var audio = Wish(AfterAnswer.Mute);
        _b.HoldDown().Flushed(audio, 100);
        Assert.Equal(MuteState.Open, _b.State.Mute);
        _b.Press(PressKind.HoldEnded).Do(new TurnSent(2, true)).Committed().Created("t", 2).Done("t");
        Assert.Equal(MuteState.Muted, _b.State.Mute);
    }

    [Fact]
    public void Goodbye_HandsFree_ClosesWhenTheAnswerHasBeenHeard()
    {
        var free = new ConversationBench(ConversationBench.HandsFree, tools: this);
        var audio = free.SpeakingFreely(ms: 200);
        free.Do(new AfterAnswerWanted(AfterAnswer.Close)).Done("r").Mark(PlayedMarkKind.Progress, audio, 199);
        Assert.Equal(ConversationState.Open, free.State.Conversation);
        free.Mark(PlayedMarkKind.Progress, audio, 200);
        Assert.Equal((ConversationState.Closed, TurnGate.None, TurnState.Idle), (free.State.Conversation, free.State.Gate, free.State.Turn));
        Assert.Contains("abandon:1", free.Orders);
    }

    [Fact]
    public void Goodbye_AnswerCut_IsTakenBack()
    {
        var free = new ConversationBench(ConversationBench.HandsFree, tools: this);
        var audio = free.SpeakingFreely(ms: 200);
        free.Do(new AfterAnswerWanted(AfterAnswer.Close)).SpeechStarted().Flushed(audio, 100).Done("r", ResponseStatus.Cancelled);
        free.SpeechStopped(4_000).Committed().Created("s").Done("s");
        Assert.Equal((ConversationState.Open, TurnGate.Streaming), (free.State.Conversation, free.State.Gate));
    }

    [Fact]
    public void Calls_ByTheThousand_LeaveNothingBehind()
    {
        for (var i = 0; i < 3_000; i++)
        {
            _b.Server(Item($"c{i}", $"r{i}"));
            Finish(i);
            _b.Done($"r{i}").Created($"s{i}", order: i + 1).Done($"s{i}");
            _b.Orders.Clear();
        }

        Assert.Equal(0, _b.Loop.RememberedCalls);
    }

    private IEnumerable<ToolOutcome> Outcomes => _b.News.OfType<ConversationNews.ToolFinished>().Select(news => news.Outcome);

    private static ResponseOutputItemDone Item(string id, string response = "r") =>
        new(new FunctionCallItem(id, "tool", $$"""{"of":"{{id}}"}""") { Status = ItemStatus.Completed }, response);

    private void Call(string id) => _b.Server(Item(id));

    private void Finish(int run, ConversationBench? bench = null)
    {
        _runs[run].Finished("done");
        (bench ?? _b).Loop.HandleWaiting();
    }

    // The answer to a call's output sounds.
    private AudioItem Wish(AfterAnswer wish)
    {
        Call("c1");
        _b.Do(new AfterAnswerWanted(wish));
        Finish(0);
        _b.Done("r").Created("s", order: 1);
        var audio = _b.Audio("s", "j", 200);
        _b.Mark(PlayedMarkKind.Started, audio).Done("s").TakeOrders();
        return audio;
    }
}
