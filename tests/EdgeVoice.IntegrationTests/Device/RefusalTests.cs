using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A server that refuses for a cause of ours is left alone, but not by somebody who wants an answer.</summary>
[Collection(WholeDevice.Name)]
public sealed class RefusalTests
{
    [Fact]
    public async Task Refused_NothingIsTriedUntilAPress_WhichIsThenAnswered()
    {
        var (question, answer) = (Clips.Noise(411, 900), Clips.Noise(412, 500));
        await using var server = await SimulatorServer.StartAsync(DeviceUnderTest.Answers(answer));
        server.FailNext(1, FaultMode.Http, 401);
        await using var device = await DeviceUnderTest.StartAtAsync(new Uri(server.Url, "?model=gpt-realtime"));
        await device.News.UntilAsync(() => device.News.State.Link == LinkState.Stopped, "the refusal");
        Assert.Equal(Trouble.KeyRejected, device.News.State.LinkTrouble);
        await DeviceUnderTest.PassMsAsync(3_000);
        Assert.Empty(server.Sessions);
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var session = Assert.Single(server.Sessions);
        ServerHeard.Holds(ServerHeard.Committed(session), question);
        heard.HeardWhole(answer, session.Sent.Single().Sha256);
    }

    [Fact]
    public async Task BusyServer_IsLeftAloneForAsLongAsItWishes()
    {
        await using var server = await SimulatorServer.StartAsync(DeviceUnderTest.Answers(Clips.Noise(413, 300)));
        server.FailNext(1, FaultMode.Http, 429);
        await using var device = await DeviceUnderTest.StartAtAsync(new Uri(server.Url, "?model=gpt-realtime"));
        await device.News.UntilAsync(() => device.News.State.LinkTrouble == Trouble.TooManyRequests, "the refusal");
        // The stand-in server's wish is a second; without it the pause is a quarter at most.
        await DeviceUnderTest.PassMsAsync(700);
        Assert.Empty(server.Sessions);
        await device.ReadyAsync();
        await device.FinishAsync();
    }
}
