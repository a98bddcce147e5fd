using System.Text.Json;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Tools;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>The model calls what the device can do: judged by what the server was told and what left the loudspeaker.</summary>
[Collection(WholeDevice.Name)]
public sealed class ToolTests
{
    [Fact]
    public async Task Volume_AskedFor_ChangesWhatTheLoudspeakerPlays()
    {
        var (before, after) = (Clips.Noise(601, 500), Clips.Noise(602, 500));
        await using var device = await DeviceUnderTest.StartAsync(Script(
            [new ToolCallAnswer("volume", """{"percent":50}"""), new PcmAnswer(before, Clips.Rate, "One moment.")], after));
        await device.TalkAsync(Clips.Noise(603, 500));
        await device.HeardAsync(2);
        Assert.NotNull(device.Device.Scenes.Now().VolumeChangedNs);
        Assert.Equal(0.5f, device.Device.Scenes.Now().VolumeFraction);
        var heard = await device.FinishAsync();
        Assert.Equal(["""{"percent":50}"""], Outputs(device));
        // 50 percent is a quarter of the pressure.
        Assert.InRange(Loudest(heard.Samples.AsSpan(^Clips.Samples(250)..)), Loudest(after) * 0.2, Loudest(after) * 0.27);
        Judge(device);
    }

    [Fact]
    public async Task Goodbye_HandsFree_ClosesWhenTheAnswerHasBeenHeardToItsEnd()
    {
        var words = Clips.Noise(604, 900);
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        await using var device = await DeviceUnderTest.StartAsync(Script([new ToolCallAnswer("goodbye", "")], words), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Recorded("vm-goodbye"));
        await device.News.UntilAsync(() => device.News.State.Conversation == ConversationState.Closed, "the conversation closed");
        Assert.Equal((1, TurnGate.None), (device.News.ItemsHeard, device.News.State.Gate));
        await DeviceUnderTest.PassMsAsync(200);
        var received = device.Session.ReceivedSamples;
        await device.SayAsync(Clips.Noise(605, 500));
        Assert.Equal(received, device.Session.ReceivedSamples);
        (await device.FinishAsync()).HeardWhole(words, device.Session.Sent.Single().Sha256);
        // The first answer is the server's own.
        Judge(device, orders: 1);
    }

    [Fact]
    public async Task Mute_ClosesTheMicrophoneWhenTheAnswerHasBeenHeard()
    {
        var words = Clips.Noise(606, 600);
        await using var device = await DeviceUnderTest.StartAsync(Script([new ToolCallAnswer("mute", "{}")], words));
        await device.TalkAsync(Clips.Noise(607, 500));
        await device.News.UntilAsync(() => device.News.State.Mute == MuteState.Muted, "the microphone closed");
        Assert.Equal(1, device.News.ItemsHeard);
        var heard = await device.FinishAsync();
        heard.HeardWhole(words, device.Session.Sent.Single().Sha256);
        Assert.Contains("three taps", Assert.Single(Outputs(device)), StringComparison.Ordinal);
        Judge(device);
    }

    [Fact]
    public async Task TwoCallsOfOneResponse_RunTogether_AndOneAnswerIsAskedFor()
    {
        var words = Clips.Noise(608, 500);
        using var both = new Barrier(2);
        var meet = new SlowTool("meet", () => Task.FromResult(both.SignalAndWait(DeviceNews.Patience) ? "met" : "alone"));
        await using var device = await DeviceUnderTest.StartAsync(
            Script([new ToolCallAnswer("meet", "{}"), new ToolCallAnswer("meet", "{}")], words), new DeviceSetup { Tools = [meet] });
        await device.TalkAsync(Clips.Noise(609, 500));
        await device.HeardAsync(1);
        (await device.FinishAsync()).HeardWhole(words, device.Session.Sent.Single().Sha256);
        Assert.Equal(["met", "met"], Outputs(device));
        Judge(device);
    }

    [Fact]
    public async Task CallAfterCall_InOneTurn_EachHasItsAnswer()
    {
        var words = Clips.Noise(610, 500);
        var script = new SimulatorOptions
        {
            Script = new SimulatorScript
            {
                Turns =
                [
                    new ScriptTurn
                    {
                        Number = 1,
                        Answer = [new ToolCallAnswer("time", "{}"), new ToolCallAnswer("volume", """{"percent":"loud"}""")],
                        Then =
                        [
                            [new ToolCallAnswer("volume", """{"change":-10"""), new ToolCallAnswer("lamp", "{}")],
                            [new PcmAnswer(words, Clips.Rate, "It is late.")],
                        ],
                    },
                ],
            },
        };
        await using var device = await DeviceUnderTest.StartAsync(script);
        await device.TalkAsync(Clips.Noise(611, 500));
        await device.HeardAsync(1);
        (await device.FinishAsync()).HeardWhole(words, device.Session.Sent.Single().Sha256);
        // Calls of one response finish in any order.
        var outputs = Outputs(device);
        Assert.Equal(4, outputs.Count);
        using var time = JsonDocument.Parse(outputs.Take(2).Single(output => output.Contains("weekday", StringComparison.Ordinal)));
        Assert.Equal(["date", "time", "weekday", "utc_offset", "zone"], time.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Contains(outputs.Take(2), output => output.Contains("percent is text; allowed: a whole number from 0 to 100", StringComparison.Ordinal));
        Assert.Contains(outputs.Skip(2), output => output.Contains("no valid JSON", StringComparison.Ordinal));
        Assert.Contains(outputs.Skip(2), output => output.Contains("it has: volume, mute, goodbye, time", StringComparison.Ordinal));
        Judge(device, orders: 3);
    }

    [Fact]
    public async Task SlowTool_OverItsLimit_IsAnsweredAndTheTurnGoesOn()
    {
        var words = Clips.Noise(612, 500);
        var never = new SlowTool("never", () => new TaskCompletionSource<string>().Task) { TimeLimit = TimeSpan.FromMilliseconds(700) };
        await using var device = await DeviceUnderTest.StartAsync(Script([new ToolCallAnswer("never", "{}")], words), new DeviceSetup { Tools = [never] });
        await device.TalkAsync(Clips.Noise(613, 500));
        await device.HeardAsync(1);
        (await device.FinishAsync()).HeardWhole(words, device.Session.Sent.Single().Sha256);
        Assert.Contains("longer than 0.7 seconds", Assert.Single(Outputs(device)), StringComparison.Ordinal);
        Judge(device);
    }

    [Fact]
    public async Task Press_WhileAToolWorks_OutputIsSentAndOnlyTheNewTurnIsAsked()
    {
        var words = Clips.Noise(614, 500);
        var gate = new TaskCompletionSource<string>();
        var script = new SimulatorOptions
        {
            Script = new SimulatorScript
            {
                Turns =
                [
                    new ScriptTurn { Number = 1, Answer = [new ToolCallAnswer("wait", "{}")] },
                    new ScriptTurn { Number = 2, Answer = [new PcmAnswer(words, Clips.Rate, "Yes?")], Then = [] },
                ],
            },
        };
        await using var device = await DeviceUnderTest.StartAsync(script, new DeviceSetup { Tools = [new SlowTool("wait", () => gate.Task)] });
        await device.TalkAsync(Clips.Noise(615, 500));
        await device.TurnAsync(TurnState.Thinking);
        await device.TalkAsync(Clips.Noise(616, 500));
        await device.HeardAsync(1);
        gate.SetResult("late");
        await device.Session.WaitAsync(session => session.ClientEvents.Any(IsOutput), new CancellationTokenSource(DeviceNews.Patience).Token);
        (await device.FinishAsync()).HeardWhole(words, device.Session.Sent.Single().Sha256);
        Assert.Equal(["late"], Outputs(device));
        Judge(device, orders: 2);
    }

    private static SimulatorOptions Script(IReadOnlyList<ScriptAnswer> answer, short[] then) => new()
    {
        Script = new SimulatorScript
        {
            Turns = [new ScriptTurn { Number = 1, Answer = answer, Then = [[new PcmAnswer(then, Clips.Rate, "Done.")]] }],
        },
    };

    // The server takes an order only when nothing runs, and one output of each call.
    private static void Judge(DeviceUnderTest device, int orders = 2)
    {
        Assert.Empty(device.Session.Errors);
        Assert.Equal(orders, device.Session.ClientEvents.Count(e => e.Contains("\"response.create\"", StringComparison.Ordinal)));
    }

    private static bool IsOutput(string sent) => sent.Contains("\"function_call_output\"", StringComparison.Ordinal);

    private static List<string> Outputs(DeviceUnderTest device) => [.. device.Session.ClientEvents.Where(IsOutput).Select(sent =>
    {
        using var json = JsonDocument.Parse(sent);
        return json.RootElement.GetProperty("item").GetProperty("output").GetString()!;
    })];

    private static int Loudest(ReadOnlySpan<short> samples)
    {
        var loudest = 0;
        foreach (var sample in samples) loudest = Math.Max(loudest, Math.Abs((int)sample));
        return loudest;
    }

    private sealed class SlowTool(string name, Func<Task<string>> run) : IDeviceTool
    {
        public string Name => name;

        public string Description => "A test's.";

        public JsonElement Parameters { get; } = JsonDocument.Parse("""{"type":"object"}""").RootElement;

        public TimeSpan TimeLimit { get; init; } = IDeviceTool.UsualTimeLimit;

        public Task<string> RunAsync(JsonElement arguments, CancellationToken stop) => run();
    }
}
