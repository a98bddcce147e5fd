using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Realtime;

public sealed class RealtimeConnectionTests
{
    [Fact]
    public async Task AudioDelta_GoesStraightToItsSink()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        var events = b.Events.Count;
        transport.Receive("""{"type":"response.output_audio.delta","response_id":"r","item_id":"i","content_index":1,"delta":"AAAA"}""");
        transport.Receive("""{"type":"response.output_audio.delta","response_id":"r","item_id":"i","delta":"A\/\u002bA"}""");
        transport.Receive("""{"type":"response.output_audio.done","response_id":"r","item_id":"i","content_index":1}""");
        Assert.Equal(["r/i/1/AAAA", "r/i/0/A/+A", "done:r/i/1"], b.Audio);
        Assert.Equal(events + 1, b.Events.Count);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("")]
    [InlineData("[1,2,3]")]
    [InlineData("{\"type\":\"from.the.future\",\"x\":{}}")]
    [InlineData("{\"type\":\"response.done\"}")]
    [InlineData("{\"no\":\"type\"}")]
    public async Task Strange_IsTolerated(string message)
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        transport.Receive(message);
        transport.Unusable("a binary message");
        transport.Receive("""{"type":"input_audio_buffer.cleared"}""");
        Assert.IsType<InputAudioBufferCleared>(b.Events[^1]);
        Assert.DoesNotContain(b.Events, e => e is UnknownServerEvent);
        Assert.DoesNotContain(b.Links, l => l.Stage == LinkStage.Lost);
    }

    [Fact]
    public async Task Outbox_KeepsOrder_EveryEventHasAnIdOfItsOwn()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        for (var i = 0; i < 100; i++) Assert.True(b.Session.Post(new ConversationItemDelete($"i{i}")));
        Assert.True(b.Session.Post(new ResponseCreate { EventId = "mine" }));
        Assert.True(await Eventually.IsTrue(() => transport.Sent.Count >= 102), $"only {transport.Sent.Count} were sent");
        var sent = transport.Sent.Skip(1).ToList();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"i{i}"), sent.Take(100).Select(e => e.GetProperty("item_id").GetString()));
        var ids = sent.Select(e => e.GetProperty("event_id").GetString()).ToList();
        Assert.Equal(101, ids.Distinct().Count());
        Assert.Equal("mine", ids[^1]);
    }

    [Fact]
    public async Task Outbox_HopelesslyBehind_EndsTheConnection()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        var ready = await b.Link(LinkStage.Ready);
        transport.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = 0;
        while (taken < 1_000 && ready.Connection!.Post(new InputAudioBufferClear())) taken++;
        Assert.InRange(taken, RealtimeConnection.OutboxCapacity, RealtimeConnection.OutboxCapacity + 1);
        await b.Link(LinkStage.Lost);
    }

    [Fact]
    public async Task Send_OnADeadConnection_IsFalse()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        var ready = await b.Link(LinkStage.Ready);
        Assert.True(await ready.Connection!.SendAsync("{\"type\":\"input_audio_buffer.append\"}"u8.ToArray()));
        transport.End(1006);
        await b.Link(LinkStage.Lost);
        Assert.False(await ready.Connection.SendAsync("{}"u8.ToArray()));
    }
}
