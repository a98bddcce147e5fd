using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Servers that misbehave: tolerated, or told in one clear line; nothing hangs, and the next turn is answered.</summary>
[Collection(WholeDevice.Name)]
public sealed class HostileServerTests
{
    [Theory]
    [InlineData(FaultMode.Fragment)]
    [InlineData(FaultMode.Binary)]
    [InlineData(FaultMode.HalfJson)]
    [InlineData(FaultMode.Huge)]
    [InlineData(FaultMode.Unknown)]
    [InlineData(FaultMode.OddBase64)]
    public async Task Answer_WithRubbishInIt_IsHeardAllTheSame(FaultMode fault)
    {
        var (first, second) = (Clips.Noise(301, 700), Clips.Noise(302, 500));
        var options = DeviceUnderTest.Answers(first, second) with { Faults = [new Fault(fault)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await TurnsAsync(device);
        var heard = await device.FinishAsync();
        heard.HeardWhole(first, device.Session.Sent[0].Sha256);
        heard.HeardWhole(second, device.Session.Sent[1].Sha256);
        Assert.Single(device.Server.Sessions);
    }

    [Fact]
    public async Task Answer_WithAnItemNobodyAnnounced_IsHeardAllTheSame()
    {
        var (first, second) = (Clips.Noise(303, 700), Clips.Noise(304, 500));
        var options = DeviceUnderTest.Answers(first, second) with { Faults = [new Fault(FaultMode.Stranger)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await device.TalkAsync(Clips.Noise(305, 500));
        await device.News.UntilAsync(() => device.News.HeardMs(1) >= 700 || device.News.ItemsHeard >= 1, "the announced item heard");
        await DeviceUnderTest.PassMsAsync(300);
        await device.TalkAsync(Clips.Noise(306, 500));
        await device.Session.WaitAsync(s => s.Sent.Count == 2, Soon());
        await device.News.UntilAsync(() => device.News.HeardMs(2) >= 500, "the next answer heard");
        var heard = await device.FinishAsync();
        heard.HeardWhole(first, device.Session.Sent[0].Sha256);
        heard.HeardWhole(second, device.Session.Sent[1].Sha256);
    }

    [Theory]
    [InlineData(FaultMode.Refuse, "127.0.0.1")]
    [InlineData(FaultMode.Html, "not a WebSocket answer")]
    [InlineData(FaultMode.Http, "503")]
    public async Task Connect_Refused_IsToldInOneLineAndTriedAgain(FaultMode fault, string said)
    {
        var answer = Clips.Noise(307, 500);
        var options = DeviceUnderTest.Answers(answer) with { Faults = [new Fault(fault, 2)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await device.TalkAsync(Clips.Noise(308, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        OneLine(device, said);
        heard.HeardWhole(answer, device.Session.Sent[0].Sha256);
    }

    [Fact]
    public async Task Connect_ServerThatSaysNothing_IsGivenUpAndTriedAgain()
    {
        var answer = Clips.Noise(309, 500);
        var options = DeviceUnderTest.Answers(answer) with { Faults = [new Fault(FaultMode.Silence)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await device.TalkAsync(Clips.Noise(310, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        OneLine(device, "no Realtime session");
        heard.HeardWhole(answer, device.Session.Sent[0].Sha256);
    }

    [Fact]
    public async Task Answer_ErrorEvent_IsToldAndTheNextTurnIsAnswered()
    {
        var second = Clips.Noise(312, 500);
        var options = DeviceUnderTest.Answers(Clips.Noise(311, 500), second) with { Faults = [new Fault(FaultMode.Error)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await device.TalkAsync(Clips.Noise(313, 500));
        await device.TurnAsync(TurnState.Committing);
        await device.TurnAsync(TurnState.Idle);
        await device.TalkAsync(Clips.Noise(314, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        OneLine(device, "The server had an error");
        heard.HeardWhole(second, device.Session.Sent[0].Sha256);
        Assert.Single(device.Server.Sessions);
    }

    [Fact]
    public async Task Answer_FailedResponse_IsToldAndTheNextTurnIsAnswered()
    {
        var second = Clips.Noise(315, 500);
        var script = new SimulatorScript
        {
            Turns = [new ScriptTurn { Number = 1, Answer = [new FailAnswer("rate_limit_exceeded", "too many")] }, DeviceUnderTest.Turn(2, second)],
        };
        await using var device = await DeviceUnderTest.StartAsync(new SimulatorOptions { Script = script });
        await device.TalkAsync(Clips.Noise(316, 500));
        await device.News.UntilAsync(() => device.News.Told.Count > 0 && device.News.State.Turn == TurnState.Idle, "the failure told");
        await device.TalkAsync(Clips.Noise(317, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        heard.HeardWhole(second, device.Session.Sent[0].Sha256);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(1011)]
    public async Task Answer_ClosedWithACodeInTheMiddle_IsHeardAsFarAsItCameAndTheNextIsAnswered(int code)
    {
        var first = Clips.Noise(318, 1_500);
        var options = DeviceUnderTest.Answers(first) with { Faults = [new Fault(FaultMode.Close, 1, code)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await device.TalkAsync(Clips.Noise(320, 500));
        await device.Server.WaitForSessionAsync(1, Soon());
        await device.ReadyAsync();
        await device.HeardAsync(1);
        await device.TalkAsync(Clips.Noise(321, 500));
        await device.HeardAsync(2);
        var heard = await device.FinishAsync();
        OneLine(device, $"close code {code}");
        var place = heard.Find(first);
        Assert.InRange(place.Count, first.Length / 3, first.Length - 1);
        // The new session begins its script anew: the same answer, and this time whole.
        heard.HeardWhole(first, device.Session.Sent.Single().Sha256, place.End);
    }

    [Fact]
    public async Task Answer_ThatNeverComes_IsGivenUpByAPress()
    {
        var second = Clips.Noise(322, 500);
        var options = DeviceUnderTest.Answers(Clips.Noise(323, 500), second) with { Faults = [new Fault(FaultMode.Stall)] };
        await using var device = await DeviceUnderTest.StartAsync(options);
        await device.TalkAsync(Clips.Noise(324, 500));
        await device.TurnAsync(TurnState.Thinking);
        await device.TalkAsync(Clips.Noise(325, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        heard.HeardWhole(second, device.Session.Sent.Single().Sha256);
        Assert.Empty(device.Session.Errors);
    }

    [Fact]
    public async Task Answer_ToolCall_IsAnsweredByAnErrorAndTheWordsAreHeard()
    {
        var words = Clips.Noise(326, 500);
        var script = new SimulatorScript
        {
            Turns =
            [
                new ScriptTurn { Number = 1, Answer = [new ToolCallAnswer("lamp", "{\"on\":true}")], Then = [[new PcmAnswer(words, Clips.Rate, "No lamp.")]] },
            ],
        };
        await using var device = await DeviceUnderTest.StartAsync(new SimulatorOptions { Script = script });
        await device.TalkAsync(Clips.Noise(327, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        heard.HeardWhole(words, device.Session.Sent.Single().Sha256);
        Assert.Single(device.Session.ClientEvents, e => e.Contains("function_call_output", StringComparison.Ordinal));
    }

    private static async Task TurnsAsync(DeviceUnderTest device)
    {
        for (var turn = 1; turn <= 2; turn++)
        {
            await device.TalkAsync(Clips.Noise(330 + turn, 500));
            await device.HeardAsync(turn);
        }
    }

    private static void OneLine(DeviceUnderTest device, string said)
    {
        var line = Assert.Single(device.News.Told.Distinct(), t => t.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', line);
        Assert.InRange(line.Length, 10, 300);
    }

    private static CancellationToken Soon() => new CancellationTokenSource(DeviceNews.Patience).Token;
}
