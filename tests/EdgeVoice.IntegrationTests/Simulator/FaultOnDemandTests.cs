using System.Diagnostics;
using System.Net.WebSockets;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

/// <summary>Faults that strike at any moment, come late or hold back: what a client on the wire sees of them.</summary>
public sealed class FaultOnDemandTests
{
    [Fact]
    public async Task Garbage_InsteadOfHttp_IsNoUpgrade()
    {
        await using var server = await StartAsync(FaultMode.Garbage);
        await Assert.ThrowsAsync<WebSocketException>(() => WireClient.ConnectAsync(server));
        await using var client = await WireClient.ConnectAsync(server);
        await client.UntilAsync("session.created");
    }

    [Theory]
    [InlineData(FaultMode.SlowUpgrade, true)]
    [InlineData(FaultMode.SlowGreeting, false)]
    public async Task SlowConnection_IsAnsweredAfterItsTime(FaultMode mode, bool upgrade)
    {
        await using var server = await StartAsync(mode, 400);
        var since = Stopwatch.GetTimestamp();
        await using var client = await WireClient.ConnectAsync(server);
        Assert.Equal(upgrade, Stopwatch.GetElapsedTime(since).TotalMilliseconds >= 399);
        await client.UntilAsync("session.created");
        Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds >= 399);
    }

    [Fact]
    public async Task SlowAnswer_ComesAfterItsTimeAndWhole()
    {
        await using var server = await StartAsync(FaultMode.SlowAnswer, 400);
        await using var client = await TurnAsync(server);
        await client.UntilAsync("response.created");
        var since = Stopwatch.GetTimestamp();
        await client.UntilAsync("response.output_item.added");
        Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds >= 300);
        await client.UntilAsync("response.done");
    }

    [Theory]
    [InlineData(FaultMode.Drop)]
    [InlineData(FaultMode.GarbageFrame)]
    public async Task Armed_StrikesAtAnAppend_AndTheClientsSocketIsLost(FaultMode mode)
    {
        await using var server = await StartAsync(mode);
        await using var client = await WireClient.PushToTalkAsync(server);
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            await client.SpeakAsync(new short[2400]);
            await client.UntilClosedAsync();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Expire_SaysSoAndClosesWith1001(bool armed)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.PushToTalkAsync(server);
        if (armed) server.FailNext(1, FaultMode.Expire);
        else Assert.Equal(1, server.Strike(FaultMode.Expire));
        await client.AppendAsync(new byte[960]);
        await client.UntilClosedAsync();
        Assert.Equal("session_expired", WireClient.Text(Assert.Single(client.All("error"))["error"]!, "code"));
        Assert.Equal(1001, client.CloseCode);
        if (armed) Assert.Equal(0, server.Sessions[0].ReceivedSamples);
    }

    [Theory]
    [InlineData(FaultMode.HalfOpen)]
    [InlineData(FaultMode.StallReading)]
    public async Task NothingIsRead_NoPingIsAnswered_AndTheClientsEndIsSeen(FaultMode mode)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        var client = await WireClient.ConnectAsync(server, configure: options =>
            (options.KeepAliveInterval, options.KeepAliveTimeout) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400)));
        await using (client)
        {
            await client.UntilAsync("session.created");
            // Pings are answered while both read: the socket outlives its deadline.
            var reading = client.UntilClosedAsync();
            await Task.Delay(800);
            Assert.Equal(1, server.Strike(mode));
            var lost = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            Assert.Contains("Pong", lost.ToString(), StringComparison.Ordinal);
        }
        await server.Sessions[0].WaitAsync(session => session.Ended, WireClient.Soon);
        await using var next = await TurnAsync(server);
        await next.UntilAsync("response.done");
    }

    [Fact]
    public async Task HalfOpen_InAnAnswer_SaysNothingMore()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 1 });
        await using var client = await TurnAsync(server);
        await client.UntilAsync("response.output_audio.delta");
        Assert.Equal(1, server.Strike(FaultMode.HalfOpen));
        var next = client.UntilAsync("response.done");
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(3_000)));
        await client.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => next);
    }

    [Fact]
    public async Task StallReading_SendsBackUpUntilItReadsOn()
    {
        await using var server = await StartAsync(FaultMode.StallReading, 700);
        await using var client = await WireClient.PushToTalkAsync(server);
        var since = Stopwatch.GetTimestamp();
        await client.AppendAsync(new byte[96_000]);
        for (var i = 0; i < 100; i++) await client.AppendAsync(new byte[480_000]);
        Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds >= 600, "nothing was held up");
        await server.Sessions[0].WaitAsync(session => session.ReceivedSamples == 48_000 + (100 * 240_000), WireClient.Soon);
    }

    [Fact]
    public async Task LateDeltas_ComeBehindTheEndOfACancelledResponse()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 1, Faults = [new Fault(FaultMode.LateDeltas, 1, 3)] });
        await using var client = await TurnAsync(server);
        await client.UntilAsync("response.output_audio.delta");
        await client.SendAsync("""{"type":"response.cancel"}""");
        await client.UntilAsync("response.done");
        var before = client.All("response.output_audio.delta").ToList();
        for (var i = 0; i < 3; i++)
            Assert.Equal(WireClient.Text(before[0], "item_id"), WireClient.Text(await client.UntilAsync("response.output_audio.delta"), "item_id"));
    }

    [Fact]
    public async Task TwoItems_HoldTheAnswerBetweenThem()
    {
        await using var server = await StartAsync(FaultMode.TwoItems);
        await using var client = await TurnAsync(server);
        await client.UntilAsync("response.done");
        var items = client.All("response.output_item.added").Select(wire => WireClient.Text(wire["item"]!, "id")).ToList();
        Assert.Equal(2, items.Count);
        byte[] both = [.. items.SelectMany(client.Sound)];
        Assert.Equal(WireClient.Bytes(Babble.Tone(440, 2000, 24000)), both);
    }

    [Theory]
    [InlineData(FaultMode.Error, "error")]
    [InlineData(FaultMode.Unknown, "simulator.weather")]
    [InlineData(FaultMode.Stranger, "response.output_audio.delta")]
    public async Task Strike_AMessage_ComesAtOnce(FaultMode mode, string type)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.PushToTalkAsync(server);
        Assert.Equal(1, server.Strike(mode));
        await client.UntilAsync(type);
    }

    [Fact]
    public async Task Strike_AModeWithAPlaceOfItsOwn_StrikesNobody()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.PushToTalkAsync(server);
        Assert.Equal(0, server.Strike(FaultMode.Refuse));
    }

    private static Task<SimulatorServer> StartAsync(FaultMode mode, int detail = 0) =>
        SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(mode, 1, detail)], Speed = 20 });

    private static async Task<WireClient> TurnAsync(SimulatorServer server)
    {
        var client = await WireClient.PushToTalkAsync(server);
        await client.SpeakAsync(Babble.Tone(440, 2000, 24000));
        await client.CommitAsync();
        return client;
    }
}
