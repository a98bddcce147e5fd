using System.Net;
using System.Net.Sockets;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A lost connection costs nothing that was said, and nothing is answered twice.</summary>
[Collection(WholeDevice.Name)]
public sealed class ReconnectTests
{
    [Theory]
    [InlineData(FaultMode.DropBeforeAppend, 0)]
    [InlineData(FaultMode.DropAfterAppend, 15)]
    [InlineData(FaultMode.DropAfterCommit, 0)]
    [InlineData(FaultMode.DropBeforeDelta, 0)]
    public async Task Turn_ConnectionDropped_ReachesTheNextSessionWholeAndIsHeardOnce(FaultMode fault, int detail)
    {
        var (question, answer) = (Clips.Noise(201, 800), Clips.Noise(202, 500));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        device.Server.FailNext(1, fault, detail);
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        await AnotherTurnAsync(device, 1);
        var heard = await device.FinishAsync();

        Assert.Equal(2, device.Server.Sessions.Count);
        var session = device.Server.Sessions[1];
        ServerHeard.Holds(ServerHeard.Committed(session), question);
        heard.HeardWhole(answer, session.Sent[0].Sha256);
        // The kept turn and the one after it: nothing was sent twice on one session.
        Assert.Equal(2, session.Committed.Count);
    }

    [Theory]
    [InlineData(FaultMode.DropMidAudio, 1.0)]
    [InlineData(FaultMode.DropMidAudio, double.PositiveInfinity)]
    [InlineData(FaultMode.Close, double.PositiveInfinity)]
    public async Task Answer_ConnectionLostInTheMiddle_IsHeardAsFarAsItCameAndOnlyOnce(FaultMode fault, double speed)
    {
        var (question, answer, other) = (Clips.Noise(203, 500), Clips.Noise(204, 1_500), Clips.Noise(200, 400));
        // The new session counts turns anew: the other turn is told by its length.
        var script = new SimulatorScript
        {
            Turns = [DeviceUnderTest.Turn(0, answer) with { Number = null, MaxMs = 2_400 }],
            Otherwise = [new PcmAnswer(other, Clips.Rate, "Other.")],
        };
        await using var device = await DeviceUnderTest.StartAsync(new SimulatorOptions { Script = script, Speed = speed });
        device.Server.FailNext(1, fault);
        await device.TalkAsync(question);
        await device.Server.WaitForSessionAsync(1, Soon());
        await device.ReadyAsync();
        await device.HeardAsync(1);
        await device.TalkAsync(Clips.Noise(199, 2_500));
        await device.HeardAsync(2);
        var heard = await device.FinishAsync();

        var place = heard.Find(answer);
        Assert.True(place.Count > 0, "nothing of the answer was heard");
        heard.NotHeardAfter(answer.AsSpan(0, place.Count), place.End);
        var session = device.Server.Sessions[1];
        // Settled once its answer has begun to sound; where none of it came through, it is asked again and heard whole.
        Assert.Equal(place.Count < answer.Length ? 1 : 2, session.Committed.Count);
        heard.HeardWhole(other, session.Sent[^1].Sha256);
    }

    [Fact]
    public async Task HandsFreeAnswer_ConnectionLostInTheMiddle_IsHeardOnlyOnce()
    {
        var (question, answer, other) = (Clips.Noise(191, 500), Clips.Noise(192, 1_500), Clips.Noise(193, 400));
        var script = new SimulatorScript
        {
            Turns = [DeviceUnderTest.Turn(0, answer) with { Number = null, MaxMs = 1_800 }],
            Otherwise = [new PcmAnswer(other, Clips.Rate, "Other.")],
        };
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        var options = new SimulatorOptions { Script = script, Speed = double.PositiveInfinity };
        await using var device = await DeviceUnderTest.StartAsync(options, setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        device.Server.FailNext(1, FaultMode.Close);
        await device.SayAsync(question);
        await device.Server.WaitForSessionAsync(1, Soon());
        await device.ReadyAsync();
        await device.HeardAsync(1);
        await device.SayAsync(Clips.Noise(194, 2_500));
        await device.HeardAsync(2);
        var heard = await device.FinishAsync();
        var place = heard.Find(answer);
        Assert.InRange(place.Count, answer.Length / 3, answer.Length - 1);
        heard.NotHeardAfter(answer.AsSpan(0, place.Count), place.End);
        heard.HeardWhole(other, Assert.Single(device.Server.Sessions[1].Sent).Sha256);
    }

    [Fact]
    public async Task Press_WhileOffline_IsKeptUntilTheServerIsThere()
    {
        var (question, answer) = (Clips.Noise(205, 600), Clips.Noise(206, 500));
        var port = FreePort();
        await using var device = await DeviceUnderTest.StartAtAsync(new Uri($"ws://127.0.0.1:{port}/v1/realtime?model=gpt-realtime"));
        await device.News.UntilAsync(() => device.News.State.LinkCause is not null, "the refusal told");
        await DeviceUnderTest.PassMsAsync(300);
        await device.TalkAsync(question);
        await device.TurnAsync(TurnState.Committing);
        await using var server = await SimulatorServer.StartAsync(DeviceUnderTest.Answers(answer) with { Port = port });
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        ServerHeard.Holds(ServerHeard.Committed(server.Sessions[0]), question);
        heard.HeardWhole(answer, server.Sessions[0].Sent.Single().Sha256);
        await EventJudge.CheckAsync(server.Sessions[0].ClientEvents);
    }

    [Fact]
    public async Task Presses_WhileOffline_AreTurnsOfTheirOwnAndOnlyTheLastIsAnswered()
    {
        var (one, two) = (Clips.Noise(207, 500), Clips.Noise(208, 500));
        var (wrong, right) = (Clips.Noise(209, 400), Clips.Noise(210, 400));
        var port = FreePort();
        await using var device = await DeviceUnderTest.StartAtAsync(new Uri($"ws://127.0.0.1:{port}/v1/realtime?model=gpt-realtime"));
        await device.News.UntilAsync(() => device.News.State.LinkCause is not null, "the refusal told");
        await DeviceUnderTest.PassMsAsync(300);
        await device.TalkAsync(one);
        await DeviceUnderTest.PassMsAsync(700);
        await device.TalkAsync(two);
        await DeviceUnderTest.PassMsAsync(400);
        await using var server = await SimulatorServer.StartAsync(DeviceUnderTest.Answers(wrong, right) with { Port = port });
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var session = server.Sessions[0];
        Assert.Equal(2, session.Committed.Count);
        ServerHeard.Holds(ServerHeard.Committed(session, 0), one);
        ServerHeard.Holds(ServerHeard.Committed(session, 1), two);
        heard.HeardWhole(right, session.Sent.Single().Sha256);
        heard.NotHeardAfter(wrong, 0);
        await EventJudge.CheckAsync(session.ClientEvents);
    }

    [Theory]
    [InlineData(FaultMode.DropAfterAppend, 20)]
    [InlineData(FaultMode.DropAfterCommit, 0)]
    [InlineData(FaultMode.DropBeforeDelta, 0)]
    public async Task HandsFree_ConnectionDropped_SaysTheUnansweredAgain(FaultMode fault, int detail)
    {
        var (question, answer) = (Clips.Noise(211, 800), Clips.Noise(212, 500));
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        device.Server.FailNext(1, fault, detail);
        await device.SayAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Assert.Equal(2, device.Server.Sessions.Count);
        var session = device.Server.Sessions[1];
        ServerHeard.Holds(ServerHeard.Committed(session), question);
        heard.HeardWhole(answer, session.Sent.Single().Sha256);
    }

    private static async Task AnotherTurnAsync(DeviceUnderTest device, int heardBefore)
    {
        await device.ReadyAsync();
        await device.TalkAsync(Clips.Noise(299, 400));
        await device.HeardAsync(heardBefore + 1);
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static CancellationToken Soon() => new CancellationTokenSource(DeviceNews.Patience).Token;
}
