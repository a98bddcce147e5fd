using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Link;
using EdgeVoice.Simulator.Server;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A person goes on speaking while the network is away for long.</summary>
[Collection(WholeDevice.Name)]
[Trait("Time", "long")]
public sealed class OutageTests(ITestOutputHelper output)
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task Hold_ThirtySecondsThroughTwentyWithoutNetwork_IsAnsweredWholeAndNothingIsReset()
    {
        var (question, answer) = (Clips.Noise(401, 30_000), Clips.Noise(402, 500));
        await using var server = await SimulatorServer.StartAsync(DeviceUnderTest.Answers(answer));
        await using var link = LinkProxy.Before(server.Url);
        await using var device = await DeviceUnderTest.StartAtAsync(new Uri(link.Url, "?model=gpt-realtime"));
        await device.ReadyAsync();
        device.Button.Press();
        var said = await device.BeginToSayAsync(question);
        await DeviceUnderTest.PassAsync(said.StartNs + 5 * Second);
        link.Cut();
        await DeviceUnderTest.PassAsync(said.StartNs + 25 * Second);
        link.Restore();
        await DeviceUnderTest.PassAsync(said.EndNs);
        device.Button.Release();
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        Assert.Equal(2, server.Sessions.Count);
        var session = server.Sessions[1];
        Assert.Single(session.Committed);
        ServerHeard.Holds(ServerHeard.Committed(session), question);
        heard.HeardWhole(answer, session.Sent.Single().Sha256);
        // The outage is no event of the turn's: it goes its way as without one.
        Assert.Equal(
            [TurnState.Idle, TurnState.Armed, TurnState.Listening, TurnState.Committing, TurnState.Thinking, TurnState.Speaking, TurnState.Idle], Turns(device));
        await EventJudge.CheckAsync(session.ClientEvents);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(150)]
    public async Task Hold_FiveSecondsWithoutNetwork_BackWithinFourRoundTripsOfItsReturn_AndTheTurnIsWhole(int oneWayMs)
    {
        var (question, answer) = (Clips.Noise(403, 8_000), Clips.Noise(404, 500));
        await using var server = await SimulatorServer.StartAsync(DeviceUnderTest.Answers(answer));
        await using var link = LinkProxy.Before(server.Url);
        link.Shape = new LinkShape { DelayMs = oneWayMs };
        await using var device = await DeviceUnderTest.StartAtAsync(new Uri(link.Url, "?model=gpt-realtime"));
        await device.ReadyAsync();
        device.Button.Press();
        var said = await device.BeginToSayAsync(question);
        await DeviceUnderTest.PassAsync(said.StartNs + Second);
        link.Cut();
        await device.News.UntilAsync(() => device.News.State.Link != LinkState.Ready, "the cut noticed");
        await DeviceUnderTest.PassAsync(said.StartNs + 6 * Second);
        link.Restore();
        var returned = TimeProvider.System.GetTimestamp();
        // What the watch on the network does when an address appears.
        device.Device.Session.TryNow();
        await device.ReadyAsync();
        var back = TimeProvider.System.GetElapsedTime(returned).TotalMilliseconds;
        output.WriteLine($"round trip {2 * oneWayMs} ms: configured session {back:0} ms after the network's return (bar {8 * oneWayMs + 300})");
        await DeviceUnderTest.PassAsync(said.EndNs);
        device.Button.Release();
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        Assert.InRange(back, 0, 4 * 2 * oneWayMs + 300);
        var session = server.Sessions[^1];
        ServerHeard.Holds(ServerHeard.Committed(session), question);
        heard.HeardWhole(answer, session.Sent.Single().Sha256);
    }

    private static List<TurnState> Turns(DeviceUnderTest device)
    {
        List<TurnState> turns = [];
        foreach (var turn in device.News.Of<ConversationNews.StateChanged>().Select(news => news.State.Turn))
            if (turns.Count == 0 || turns[^1] != turn) turns.Add(turn);
        return turns;
    }
}
