using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Tools that the server calls by itself: no turn is disturbed, and nobody is asked who cannot answer.</summary>
public sealed class McpTests
{
    private readonly ConversationBench _b = new();

    public McpTests()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1);
        _b.TakeOrders();
    }

    [Fact]
    public void Listing_WhileThinking_ChangesNothing()
    {
        var before = _b.State;
        _b.Server(new ConversationItemAdded(new McpListToolsItem("home") { Id = "l" })).Server(new McpListToolsInProgress("l")).Server(new McpListToolsCompleted("l"));
        Assert.Equal((before, ""), (_b.State, _b.TakeOrders()));
        Assert.Empty(_b.Told);
    }

    [Fact]
    public void ListingFailed_IsToldOnceByName()
    {
        _b.Server(new ConversationItemAdded(new McpListToolsItem("home") { Id = "l" }));
        _b.Server(new McpListToolsFailed("l")).Server(new McpListToolsFailed("l"));
        Assert.Equal("the tools of home could not be listed; the conversation goes on without them", Assert.Single(_b.Told));
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
    }

    [Fact]
    public void Approval_NobodyCanGive_IsRefusedAndToldOnce()
    {
        Request("a1");
        Assert.Equal("", _b.TakeOrders());
        _b.Done("r");
        Assert.Equal(("approve:a1:False", TurnState.Thinking), (_b.TakeOrders(), _b.State.Turn));
        _b.Created("r2");
        Request("a2", "r2");
        _b.Done("r2");
        Assert.Equal("approve:a2:False", _b.TakeOrders());
        Assert.Contains("requireApproval", Assert.Single(_b.Told), StringComparison.Ordinal);
    }

    [Fact]
    public void Approval_ServerDoesNotGoOn_IsAskedTo()
    {
        Request("a1");
        _b.Done("r").TakeOrders();
        _b.Wait(TurnRules.ContinuationMs);
        Assert.StartsWith("create:more_", _b.TakeOrders(), StringComparison.Ordinal);
        _b.Created("r2", order: 1).Done("r2");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Call_ServerGoesOnByItself_IsNotAsked()
    {
        CallDone();
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Created("r2").Wait(TurnRules.ContinuationMs * 2);
        Assert.Equal("", _b.TakeOrders());
        var audio = _b.Audio("r2", "i", 300);
        _b.Mark(Core.Audio.PlayedMarkKind.Started, audio).Done("r2").Mark(Core.Audio.PlayedMarkKind.Progress, audio, 300);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Call_ServerGoesOnWhileItIsAsked_IsNoMistakeAndAskedNoMore()
    {
        CallDone();
        _b.Wait(TurnRules.ContinuationMs).TakeOrders();
        _b.Error("conversation_already_has_active_response", "more_1").Created("r2");
        var audio = _b.Audio("r2", "i", 300);
        _b.Mark(Core.Audio.PlayedMarkKind.Started, audio).Done("r2").Mark(Core.Audio.PlayedMarkKind.Progress, audio, 300);
        Assert.DoesNotContain("create", _b.TakeOrders(), StringComparison.Ordinal);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
        Assert.Empty(_b.Told);
    }

    [Fact]
    public void Call_ThatTakesLong_IsWaitedFor()
    {
        _b.Wait(TurnRules.AnswerTimeoutMs - 1_000).Server(new ResponseMcpCallInProgress(0, "m")).Wait(TurnRules.AnswerTimeoutMs - 1_000);
        Assert.Equal(TurnState.Thinking, _b.State.Turn);
    }

    [Fact]
    public void Press_AfterACall_IsNotFollowedByAnOrder()
    {
        CallDone();
        _b.HoldDown().TakeOrders();
        _b.Wait(TurnRules.ContinuationMs * 2);
        Assert.DoesNotContain("create", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void Speech_AfterACallHandsFree_IsNotFollowedByAnOrder()
    {
        var free = new ConversationBench(ConversationBench.HandsFree);
        free.Tap().SpeechStarted().SpeechStopped(3_000).Committed().Created("r");
        var audio = free.Audio("r", "i", 300);
        free.Mark(Core.Audio.PlayedMarkKind.Started, audio);
        free.Server(new ResponseDone(new Response(Id: "r", Status: ResponseStatus.Completed, Output: [new McpCallItem("home", "on", "{}") { Id = "m" }])));
        free.Mark(Core.Audio.PlayedMarkKind.Progress, audio, 300).SpeechStarted().TakeOrders();
        free.Wait(TurnRules.ContinuationMs * 2);
        Assert.Equal(("", TurnState.Listening), (free.TakeOrders(), free.State.Turn));
    }

    [Fact]
    public void Call_Failed_IsToldOnce()
    {
        var call = new McpCallItem("home", "on", "{}", Error: new McpCallError("http_error", 502, "bad\ngateway")) { Id = "m" };
        _b.Server(new ResponseOutputItemDone(call, "r")).Server(new ResponseMcpCallFailed(0, "m"));
        Assert.Equal("tool on of home failed: bad gateway", Assert.Single(_b.Told));
    }

    private void Request(string id, string response = "r") =>
        _b.Server(new ResponseOutputItemDone(new McpApprovalRequestItem("home", "on", "{}") { Id = id }, response));

    private void CallDone()
    {
        _b.Server(new ResponseMcpCallInProgress(0, "m")).Server(new ResponseMcpCallCompleted(0, "m"));
        _b.Server(new ResponseDone(new Response(Id: "r", Status: ResponseStatus.Completed, Output: [new McpCallItem("home", "on", "{}") { Id = "m" }])));
        _b.TakeOrders();
    }
}
