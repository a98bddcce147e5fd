using System.Runtime.Versioning;
using EdgeVoice.Benchmarks.Watch;
using EdgeVoice.IntegrationTests.Device;
using EdgeVoice.Simulator.Server;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>A thousand replacements of the configuration in all, in every style, while somebody talks with the device: every turn is answered.</summary>
[Collection(WholeDevice.Name)]
[Trait("Time", "long")]
[SupportedOSPlatform("linux")]
public sealed class ReloadStormTests(ITestOutputHelper output)
{
    private const int Replacements = 1_000;
    private const double MostMb = 4;
    private static readonly short[] Answer = Clips.Noise(911, 250);

    public static TheoryData<string> Styles => [.. ReplacedFile.Styles];

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task ReplacedAgainAndAgain_EveryTurnIsAnswered_TheLastOneIsInForce_AndNothingPilesUp(string style)
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers(), style: style);
        await it.SessionAsync(0);
        // Everything that a replacement may lead to once, before it is measured.
        it.Replace(Storm(it, 75));
        await it.SessionAsync(1);
        await ServiceUnderTest.UntilAsync(() => it.Server.Sessions[0].Ended && it.Store.Taken == 1, "the first one in force");
        await it.TurnAsync();
        var (memory, handles) = Measure(it.Server);
        using var over = new CancellationTokenSource();
        var talking = TalkAsync(it, over.Token);
        var times = (Replacements + Styles.Count - 1) / Styles.Count;
        for (var i = 1; i <= times; i++)
        {
            it.Replace(Storm(it, i));
            await Task.Delay(TimeSpan.FromMilliseconds(i % 10 == 0 ? 300 : 20), TimeProvider.System);
        }

        await ServiceUnderTest.UntilAsync(() => it.Store.Current is { FileDiffers: false, Options.Audio.Playback.Volume: var volume } && volume == Volume(times), "the last one in force");
        await over.CancelAsync();
        var turns = 1 + await talking;
        output.WriteLine($"memory {memory:0.0} to {Measure(it.Server).LiveMb:0.0} MB");
        output.WriteLine($"{times} replacements {style}, {it.Store.Taken} taken, {turns} turns, {it.Server.Sessions.Count} sessions");
        Assert.InRange(it.Store.Taken, 5, times);
        Assert.Equal((0, 0), (it.Store.Refused, it.Store.RolledBack));
        // A session that came while a turn was open holds it again; each has been answered once.
        Assert.Equal(turns, it.Server.Sessions.Sum(session => session.Sent.Count(sent => sent.Whole)));
        Assert.Empty(it.Server.Sessions.SelectMany(session => session.Errors));
        Assert.Equal($"Be number {times}.", (string?)ServiceUnderTest.Events(it.Server.Sessions[^1], "session.update")[^1]["session"]!["instructions"]);
        await it.TurnAsync();
        var (memoryAfter, handlesAfter) = Measure(it.Server);
        Assert.InRange(memoryAfter - memory, double.NegativeInfinity, MostMb);
        Assert.InRange(handlesAfter, 0, handles + 2);
    }

    // Most often what counts at once or at the next turn; now and then a card or another session.
    private static string Storm(ServiceUnderTest it, int number) => it.Configuration(
        realtime: $"\"instructions\": \"Be number {number}.\", \"model\": \"{(number / 50 % 2 == 0 ? "gpt-realtime" : "gpt-realtime-mini")}\"",
        playback: number / 25 % 2 == 0 ? "out.wav" : "other.wav", volume: Volume(number));

    private static int Volume(int number) => number % 100;

    private static async Task<int> TalkAsync(ServiceUnderTest it, CancellationToken over)
    {
        var turns = 0;
        for (; !over.IsCancellationRequested; turns++)
        {
            await it.TurnAsync(500);
            // Nobody talks without ever taking a breath.
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, CancellationToken.None);
        }

        return turns;
    }

    // What the server remembers of its sessions is no memory of the device.
    private static (double LiveMb, int Handles) Measure(SimulatorServer server)
    {
        var recorded = server.Sessions.Sum(session =>
            session.ClientEvents.Sum(wire => 2.0 * wire.Length) + (2.0 * session.ReceivedSamples) + session.Sent.Sum(sent => 2.0 * sent.Samples));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return ((GC.GetTotalMemory(forceFullCollection: true) - recorded) / 1048576.0, Directory.GetFiles("/proc/self/fd").Length);
    }

    private static SimulatorOptions Answers() => new()
    {
        Script = new SimulatorScript { Otherwise = [new PcmAnswer(Answer, Clips.Rate, "Yes.")] },
        Seed = 4,
    };
}
