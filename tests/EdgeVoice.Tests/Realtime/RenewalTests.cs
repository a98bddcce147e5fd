using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Realtime;

/// <summary>Other settings for the session in use, and another session in its place because they ask for one.</summary>
public sealed class RenewalTests
{
    private static readonly IReadOnlyList<ClientEvent> Memory =
        [new ConversationItemCreate(new MessageItem(MessageRole.User, [ContentPart.InputText("hello")])) { EventId = "memory_1" }];

    [Fact]
    public async Task Renew_AtRest_NextSessionIsToldAndTakesOver()
    {
        var (first, second) = (new FakeTransport(), new FakeTransport());
        await using var b = new SessionBench(() => first, () => second) { Recall = _ => Memory };
        await b.Link(LinkStage.Ready);
        Assert.Null(await b.Session.RenewAsync(CancellationToken.None).WaitAsync(Soon));
        Assert.Equal(HandoverMoment.AfterAnswer, (await b.Link(LinkStage.Ready, 2)).Handover);
        Assert.Equal(["session.update", "conversation.item.create"], second.Types);
        Assert.True(await Eventually.IsTrue(() => first is { Closes: 1, IsDisposed: true }));
        Assert.Equal((1, 0), (b.Session.Rotations, b.Session.Reconnects));
    }

    [Fact]
    public async Task Renew_InAnAnswer_WaitsForItsEnd()
    {
        await using var b = new SessionBench(() => new FakeTransport());
        await b.Link(LinkStage.Ready);
        var isOver = false;
        b.Recall = moment => isOver ? [] : null;
        var renewed = b.Session.RenewAsync(CancellationToken.None);
        await b.Armed();
        b.Time.AdvanceMs(1_000);
        Assert.Equal(1, b.Connector.Attempts);
        isOver = true;
        await Advance(b, () => renewed.IsCompleted);
        Assert.Null(await renewed);
        Assert.Equal(1, b.Session.Rotations);
    }

    [Fact]
    public async Task Renew_Refused_OldOneStaysAndTheCauseIsToldAtOnce_TheNextTimeItIsTriedAnew()
    {
        var refusals = 0;
        var (first, third) = (new FakeTransport(), new FakeTransport());
        await using var b = new SessionBench(() => first, () => refusals++ == 0 ? throw new RealtimeConnectException("voice.example: no such model", 404) : third);
        await b.Link(LinkStage.Ready);
        Assert.Equal("voice.example: no such model", await b.Session.RenewAsync(CancellationToken.None).WaitAsync(Soon));
        await b.Link(LinkStage.Kept);
        Assert.True(b.Session.Post(new InputAudioBufferClear()));
        Assert.True(await Eventually.IsTrue(() => first.Types.Count == 2));
        Assert.Null(await b.Session.RenewAsync(CancellationToken.None).WaitAsync(Soon));
        Assert.Equal(1, b.Session.Rotations);
    }

    [Fact]
    public async Task Renew_SessionEndsByItself_TheNextOneCounts()
    {
        var (first, second) = (new FakeTransport(), new FakeTransport());
        await using var b = new SessionBench(() => first, () => second) { Recall = moment => moment == HandoverMoment.Now ? [] : null };
        await b.Link(LinkStage.Ready);
        var renewed = b.Session.RenewAsync(CancellationToken.None);
        await b.Armed();
        first.End(1006);
        Assert.Null(await renewed.WaitAsync(Soon));
    }

    [Fact]
    public async Task Renew_NoSession_NextAttemptIsMadeNow()
    {
        var attempts = 0;
        await using var b = new SessionBench(() => attempts++ == 0 ? throw new RealtimeConnectException("bad key", 401) : new FakeTransport());
        await b.Link(LinkStage.Refused);
        await b.Armed();
        Assert.Null(await b.Session.RenewAsync(CancellationToken.None));
        await b.Link(LinkStage.Ready);
    }

    [Fact]
    public async Task Update_Taken_IsOneMessageOnTheSameConnection()
    {
        var first = new FakeTransport();
        await using var b = new SessionBench(() => first);
        await b.Link(LinkStage.Ready);
        Assert.Null(await b.Session.UpdateAsync(CancellationToken.None).WaitAsync(Soon));
        Assert.Equal(["session.update", "session.update"], first.Types);
        Assert.Equal(1, b.Connector.Attempts);
    }

    [Fact]
    public async Task Update_Refused_SaysWhy_AndErrorsOfOtherEventsDoNotCount()
    {
        var first = new FakeTransport();
        await using var b = new SessionBench(() => first);
        var updated = await UpdateUnansweredAsync(b, first);
        var id = first.Sent[^1].GetProperty("event_id").GetString();
        first.Receive("""{"type":"error","event_id":"x","error":{"type":"invalid_request_error","message":"another","event_id":"ev_1"}}""");
        first.Receive("""{"type":"error","event_id":"y","error":{"type":"invalid_request_error","message":"nobody's"}}""");
        Assert.False(updated.IsCompleted);
        first.Receive($$$"""{"type":"error","event_id":"z","error":{"type":"invalid_request_error","message":"no such voice","event_id":"{{{id}}}"}}""");
        Assert.Equal("the settings were refused: no such voice", await updated.WaitAsync(Soon));
    }

    [Fact]
    public async Task Update_Unanswered_IsGivenUpAfterFiveSeconds()
    {
        var first = new FakeTransport();
        await using var b = new SessionBench(() => first);
        var updated = await UpdateUnansweredAsync(b, first);
        await Advance(b, () => updated.IsCompleted);
        Assert.Contains("5 s", await updated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ConnectionLostMeanwhile_TheNextOneIsTold()
    {
        var first = new FakeTransport();
        await using var b = new SessionBench(() => first, () => new FakeTransport());
        await b.Link(LinkStage.Ready);
        first.Mutes = true;
        var updated = b.Session.UpdateAsync(CancellationToken.None);
        first.End(1006);
        Assert.Null(await updated.WaitAsync(Soon));
    }

    private static async Task<Task<string?>> UpdateUnansweredAsync(SessionBench b, FakeTransport transport)
    {
        await b.Link(LinkStage.Ready);
        transport.Mutes = true;
        var updated = b.Session.UpdateAsync(CancellationToken.None);
        Assert.True(await Eventually.IsTrue(() => transport.Types.Count == 2));
        return updated;
    }

    private static TimeSpan Soon => TimeSpan.FromSeconds(20);

    private static async Task Advance(SessionBench b, Func<bool> reached)
    {
        // Opening a session takes no time of this clock: the few looks that are needed are given their turn in between.
        for (var i = 0; i < 100 && !reached(); i++)
        {
            b.Time.AdvanceMs(200);
            for (var turns = 0; turns < 20 && !reached(); turns++) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
