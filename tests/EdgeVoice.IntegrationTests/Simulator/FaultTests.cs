using System.Net.WebSockets;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

public sealed class FaultTests
{
    [Fact]
    public async Task Refuse_Twice_RefusesTwiceThenServes()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        server.FailNext(2, FaultMode.Refuse);
        await Assert.ThrowsAsync<WebSocketException>(() => WireClient.ConnectAsync(server));
        await Assert.ThrowsAsync<WebSocketException>(() => WireClient.ConnectAsync(server));
        await using var client = await WireClient.ConnectAsync(server);
        await client.UntilAsync("session.created");
    }

    [Theory]
    [InlineData(FaultMode.Http, 401, 401, null)]
    [InlineData(FaultMode.Http, 429, 429, "1")]
    [InlineData(FaultMode.Http, 0, 503, "1")]
    [InlineData(FaultMode.Html, 0, 200, null)]
    public async Task HttpAnswer_InsteadOfAnUpgrade_HasItsStatus(FaultMode mode, int detail, int status, string? retryAfter)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(mode, 1, detail)] });
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(server.Url + "?model=m"), WireClient.Soon));
        Assert.Equal(status, (int)socket.HttpStatusCode);
        Assert.Equal(retryAfter, socket.HttpResponseHeaders!.TryGetValue("Retry-After", out var after) ? after.Single() : null);
    }

    [Fact]
    public async Task PlainGet_OnTheSocketsPath_SaysWhatItIs()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new UriBuilder(server.Url) { Scheme = "http" }.Uri);
        Assert.Equal(426, (int)answer.StatusCode);
        Assert.Contains("no intelligence", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_Always_AcceptsEverythingAndSaysNothing()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(FaultMode.Silence)] });
        await using var client = await WireClient.ConnectAsync(server);
        await client.SpeakAsync(new short[24000]);
        await client.CommitAsync();
        await server.Sessions[0].WaitAsync(session => session.ClientEvents.Count == 27, WireClient.Soon);
        await server.DisposeAsync();
        await client.UntilClosedAsync();
        Assert.Empty(client.Events);
    }

    [Fact]
    public async Task Stall_OfAResponse_LeavesTheRestAlive()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(FaultMode.Stall)] });
        await using var client = await TurnAsync(server);
        await client.SendAsync("""{"type":"input_audio_buffer.clear"}""");
        await client.UntilAsync("input_audio_buffer.cleared");
        Assert.DoesNotContain("response.created", client.Types());
    }

    [Fact]
    public async Task ErrorEvent_InsteadOfAResponse_IsAServerError()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(FaultMode.Error)] });
        await using var client = await TurnAsync(server);
        Assert.Equal("server_error", WireClient.Text((await client.UntilAsync("error"))["error"]!, "type"));
    }

    [Theory]
    [InlineData(0, 1011)]
    [InlineData(1001, 1001)]
    [InlineData(4000, 4000)]
    public async Task Close_InMidAudio_HasItsCode(int detail, int expected)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(FaultMode.Close, 1, detail)] });
        await using var client = await TurnAsync(server);
        await client.UntilClosedAsync();
        Assert.Equal(expected, client.CloseCode);
        Assert.Contains("response.output_audio.delta", client.Types());
        Assert.DoesNotContain("response.output_audio.done", client.Types());
    }

    [Theory]
    [InlineData(FaultMode.DropBeforeAppend, 0, "session.updated", "input_audio_buffer.committed")]
    [InlineData(FaultMode.DropAfterAppend, 3, "session.updated", "input_audio_buffer.committed")]
    [InlineData(FaultMode.DropAfterCommit, 0, "session.updated", "input_audio_buffer.committed")]
    [InlineData(FaultMode.DropBeforeDelta, 0, "session.updated", "response.output_audio.delta")]
    [InlineData(FaultMode.DropMidAudio, 0, "session.updated", "response.output_audio.done")]
    public async Task Drop_AtItsPlace_EndsTheConnectionWithoutACloseFrame(FaultMode mode, int detail, string had, string never)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(mode, 1, detail)], Speed = 20 });
        var client = await WireClient.PushToTalkAsync(server);
        await using (client)
        {
            await Assert.ThrowsAsync<WebSocketException>(async () =>
            {
                await client.SpeakAsync(Babble.Tone(440, 2000, 24000));
                await client.CommitAsync();
                await client.UntilClosedAsync();
            });
        }
        Assert.Contains(had, client.Types());
        Assert.DoesNotContain(never, client.Types());
        var session = server.Sessions[0];
        await session.WaitAsync(seen => seen.Ended, WireClient.Soon);
        Assert.Null(session.CloseCode);
        if (mode == FaultMode.DropAfterAppend)
            Assert.Equal(3 * 960, session.ReceivedSamples);
        await using var next = await TurnAsync(server);
        await next.UntilAsync("response.done");
    }

    [Theory]
    [InlineData(FaultMode.Binary)]
    [InlineData(FaultMode.HalfJson)]
    [InlineData(FaultMode.Huge)]
    [InlineData(FaultMode.OddBase64)]
    [InlineData(FaultMode.Stranger)]
    [InlineData(FaultMode.Unknown)]
    [InlineData(FaultMode.Fragment)]
    public async Task StrangeMessage_InAnAnswer_LeavesTheGoodSoundWhole(FaultMode mode)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Faults = [new Fault(mode)], Speed = 50 });
        await using var client = await TurnAsync(server);
        await client.UntilAsync("response.done");
        var sent = Assert.Single(server.Sessions[0].Sent);
        var deltas = client.All("response.output_audio.delta").ToList();
        Assert.Equal(mode == FaultMode.OddBase64, deltas.Any(wire => WireClient.Text(wire, "delta").Length % 2 == 1));
        Assert.Equal(mode == FaultMode.Stranger, deltas.Any(wire => WireClient.Text(wire, "item_id") == "item_nobody"));
        Assert.Equal(mode == FaultMode.Unknown, client.Types().Contains("simulator.weather"));
        Assert.Equal(mode == FaultMode.Huge, client.Types().Contains("simulator.padding"));
        Assert.Equal(mode == FaultMode.Binary, client.Strange.Any(message => message.Type == WebSocketMessageType.Binary));
        Assert.Equal(mode == FaultMode.HalfJson, client.Strange.Any(message => message.Type == WebSocketMessageType.Text));
        byte[] good = [.. deltas.Where(wire => WireClient.Text(wire, "item_id") == sent.ItemId && WireClient.Text(wire, "delta").Length % 4 == 0)
            .SelectMany(wire => Convert.FromBase64String(WireClient.Text(wire, "delta")))];
        Assert.Equal(sent.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(good)));
    }

    private static async Task<WireClient> TurnAsync(SimulatorServer server)
    {
        var client = await WireClient.PushToTalkAsync(server);
        await client.SpeakAsync(Babble.Tone(440, 2000, 24000));
        await client.CommitAsync();
        return client;
    }
}
