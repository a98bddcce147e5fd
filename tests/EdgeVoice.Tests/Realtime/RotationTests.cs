using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Realtime;

/// <summary>A session is exchanged for another one before the server ends it, and every session is told of the conversation.</summary>
public sealed class RotationTests
{
    private static readonly IReadOnlyList<ClientEvent> Memory =
    [
        new ConversationItemCreate(new MessageItem(MessageRole.System, [ContentPart.InputText("so far")])) { EventId = "memory_1" },
        new ConversationItemCreate(new MessageItem(MessageRole.User, [ContentPart.InputText("hello")])) { EventId = "memory_2" },
    ];

    [Fact]
    public async Task QuietAtFiftyMinutes_IsExchangedUnnoticed()
    {
        var (first, second) = (Hour(), Hour());
        await using var b = new SessionBench(() => first, () => second);
        await b.Link(LinkStage.Ready);
        b.Recall = _ => Memory;
        await AdvanceTo(b, 49.99);
        Assert.Equal(1, b.Connector.Attempts);
        await AdvanceTo(b, 50);
        var news = await b.Link(LinkStage.Ready, 2);

        Assert.Equal(HandoverMoment.Quiet, news.Handover);
        Assert.Equal([LinkStage.Connecting, LinkStage.Ready, LinkStage.Rotating, LinkStage.Ready], b.Links.Select(l => l.Stage));
        Assert.Equal(["session.update", "conversation.item.create", "conversation.item.create"], second.Types);
        Assert.True(await Eventually.IsTrue(() => first is { Closes: 1, IsDisposed: true }));
        Assert.True(b.Session.Post(new InputAudioBufferClear()));
        Assert.True(await Eventually.IsTrue(() => second.Types.Count == 4));
        Assert.Equal(["session.update"], first.Types);
        Assert.Equal((1, 0, 2), (b.Session.Rotations, b.Session.Reconnects, b.Resets));
    }

    [Fact]
    public async Task Exchanged_NothingOfTheOldOneIsDelivered_AndOfTheNewOneNothingBefore()
    {
        const string Delta = """{"type":"response.output_audio.delta","response_id":"r","item_id":"i","output_index":0,"content_index":0,"delta":"AAAA"}""";
        const string Cleared = """{"type":"input_audio_buffer.cleared","event_id":"x"}""";
        var (first, second) = (Hour(), Hour());
        await using var b = new SessionBench(() => first, () => second);
        await b.Link(LinkStage.Ready);
        // Open, but not used before its moment.
        b.Recall = _ => b.Connector.Attempts < 2 ? Memory : null;
        await AdvanceTo(b, 50);
        Assert.True(await Eventually.IsTrue(() => second.Types.Count == 1));
        second.Receive(Delta);
        second.Receive(Cleared);
        first.Receive(Cleared);
        var before = (b.Events.Count, b.Audio.Count);
        b.Recall = _ => Memory;
        await Until(b, () => b.Session.Rotations == 1);
        await b.Link(LinkStage.Ready, 2);
        first.Receive(Delta);
        first.Receive(Cleared);
        Assert.Equal((3, 0), before);
        Assert.Equal(before, (b.Events.Count, b.Audio.Count));
        second.Receive(Delta);
        second.Receive(Cleared);
        Assert.Equal((4, 1), (b.Events.Count, b.Audio.Count));
    }

    [Theory]
    [InlineData(HandoverMoment.AfterAnswer, 55)]
    [InlineData(HandoverMoment.Now, 59)]
    public async Task NobodyIsQuiet_WaitsForLessAndLess(HandoverMoment moment, double minutes)
    {
        await using var b = new SessionBench(Hour, Hour);
        await b.Link(LinkStage.Ready);
        b.Recall = m => m >= moment ? Memory : null;
        await AdvanceTo(b, minutes - 0.01, stepMs: 200);
        Assert.Equal(1, b.Connector.Attempts);
        await AdvanceTo(b, minutes, stepMs: 200);
        await Until(b, () => b.Session.Rotations == 1);
        Assert.Equal(moment, (await b.Link(LinkStage.Ready, 2)).Handover);
    }

    [Fact]
    public async Task NoSecondSession_TheFirstGoesOn_AndItIsTriedAgain()
    {
        var first = Hour();
        var refusals = 0;
        await using var b = new SessionBench(() => first, () => ++refusals <= 2 ? throw new RealtimeConnectException("voice.example: busy", 429) : Hour());
        await b.Link(LinkStage.Ready);
        b.Recall = _ => Memory;
        await AdvanceTo(b, 50);
        await b.Link(LinkStage.Kept);
        Assert.True(b.Session.Post(new InputAudioBufferClear()));
        Assert.Equal(0, first.Closes);
        foreach (var refusal in new[] { 1, 2 })
        {
            await b.Link(LinkStage.Kept, refusal);
            await b.Armed();
            b.Time.AdvanceMs(19_999);
            Assert.Equal(refusal + 1, b.Connector.Attempts);
            b.Time.AdvanceMs(1);
            await b.Armed();
            b.Time.AdvanceMs(200);
        }

        await b.Link(LinkStage.Ready, 2);
        Assert.Equal(
            [LinkStage.Connecting, LinkStage.Ready, LinkStage.Rotating, LinkStage.Kept, LinkStage.Rotating, LinkStage.Kept, LinkStage.Rotating, LinkStage.Ready],
            b.Links.Select(l => l.Stage));
        Assert.Equal(2, b.Log.All.Count(l => l.Contains("voice.example: busy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OldOneEndsWhileTheNewOneStandsBy_TheNewOneIsUsedAtOnce()
    {
        var (first, second) = (Hour(), Hour());
        await using var b = new SessionBench(() => first, () => second);
        await b.Link(LinkStage.Ready);
        b.Recall = m => m == HandoverMoment.Now || b.Connector.Attempts < 2 ? Memory : null;
        await AdvanceTo(b, 50);
        Assert.True(await Eventually.IsTrue(() => second.Types.Count == 1));
        first.End(1006);
        var news = await b.Link(LinkStage.Ready, 2);
        Assert.Equal(HandoverMoment.Now, news.Handover);
        Assert.DoesNotContain(b.Links, l => l.Stage == LinkStage.Lost);
        Assert.Equal(3, second.Types.Count);
    }

    [Fact]
    public async Task OldOneEndsWhileTheNewOneIsOpened_IsALossLikeAnyOther()
    {
        var (first, hanging) = (Hour(), new FakeTransport { Greets = false });
        await using var b = new SessionBench(() => first, () => hanging, Hour);
        await b.Link(LinkStage.Ready);
        await AdvanceTo(b, 50);
        await b.Link(LinkStage.Rotating);
        first.End(1006);
        await b.Link(LinkStage.Lost);
        await Until(b, () => b.Connector.Attempts == 3);
        await b.Link(LinkStage.Ready, 2);
        Assert.True(hanging.IsDisposed);
    }

    [Fact]
    public async Task StandbyDies_AnotherOneIsOpened()
    {
        var (first, second) = (Hour(), Hour());
        await using var b = new SessionBench(() => first, () => second, Hour);
        await b.Link(LinkStage.Ready);
        b.Recall = _ => b.Connector.Attempts < 2 ? Memory : null;
        await AdvanceTo(b, 50);
        Assert.True(await Eventually.IsTrue(() => second.Types.Count == 1));
        second.End(1011);
        b.Recall = _ => Memory;
        await Until(b, () => b.Session.Rotations == 1);
        Assert.Equal(3, b.Connector.Attempts);
        Assert.True(second.IsDisposed);
    }

    [Fact]
    public async Task Stop_WhileTheNewOneStandsBy_ClosesBoth()
    {
        var (first, second) = (Hour(), Hour());
        var b = new SessionBench(() => first, () => second);
        await b.Link(LinkStage.Ready);
        b.Recall = _ => b.Connector.Attempts < 2 ? Memory : null;
        await AdvanceTo(b, 50);
        Assert.True(await Eventually.IsTrue(() => second.Types.Count == 1));
        await b.Stop();
        Assert.Equal((1, true, 1, true), (first.Closes, first.IsDisposed, second.Closes, second.IsDisposed));
        Assert.True(await b.Disarmed());
    }

    [Fact]
    public async Task ServerThatNamesNoEnd_IsLeftAlone()
    {
        await using var b = new SessionBench(() => new FakeTransport());
        await b.Link(LinkStage.Ready);
        Assert.True(await b.Disarmed());
        b.Time.AdvanceMs(24 * 3_600_000);
        Assert.Equal((1, 0), (b.Connector.Attempts, b.Session.Rotations));
    }

    [Fact]
    public async Task NewSession_IsToldBeforeItIsReady()
    {
        var (first, second) = (new FakeTransport(), new FakeTransport());
        await using var b = new SessionBench(() => first, () => second);
        await b.Link(LinkStage.Ready);
        b.Recall = _ => Memory;
        first.End(1006);
        await b.Link(LinkStage.Lost);
        await b.Armed();
        b.Time.AdvanceMs(250);
        await b.Link(LinkStage.Ready, 2);
        Assert.Equal(["session.update", "conversation.item.create", "conversation.item.create"], second.Types);
        Assert.Equal("hello", second.Sent[2].GetProperty("item").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(["session.update"], first.Types);
    }

    private static FakeTransport Hour() => new() { ExpiresAt = 1_790_003_600, ServerTime = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000) };

    // The clock of a bench begins at one second.
    private static async Task AdvanceTo(SessionBench b, double minutes, double stepMs = double.PositiveInfinity)
    {
        var end = 1_000_000_000 + (long)(minutes * 60e9);
        while (b.Time.GetTimestamp() < end)
        {
            await b.Armed();
            b.Time.AdvanceNs(Math.Min(end - b.Time.GetTimestamp(), (long)Math.Min(stepMs * 1e6, long.MaxValue / 2.0)));
        }
    }

    private static async Task Until(SessionBench b, Func<bool> happened) => Assert.True(await Eventually.IsTrue(() =>
    {
        if (happened()) return true;
        b.Time.AdvanceMs(200);
        return happened();
    }));
}
