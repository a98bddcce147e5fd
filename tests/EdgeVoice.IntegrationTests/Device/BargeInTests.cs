using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Interruptions: what the server is told to remember is what is in the file.</summary>
[Collection(WholeDevice.Name)]
public sealed class BargeInTests
{
    // One period of the loudspeaker.
    private const double PeriodMs = 10;

    [Fact]
    public async Task Press_WhileItSpeaks_CutsTheServersMemoryToWhatIsInTheFile()
    {
        var (first, second) = (Clips.Noise(51, 4_000), Clips.Noise(52, 400));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(first, second));
        await device.TalkAsync(Clips.Noise(53, 500));
        await device.HeardPartAsync(0, 700);
        await device.TalkAsync(Clips.Noise(54, 500));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Cut(device, heard, first);
        heard.HeardWhole(second, device.Session.Sent[1].Sha256);
        Assert.Empty(device.Session.Errors);
    }

    [Fact]
    public async Task Press_WhileTheServerStillSends_CancelsToo()
    {
        var (first, second) = (Clips.Noise(55, 5_000), Clips.Noise(56, 400));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(first, second) with { Speed = 1.3 });
        await device.TalkAsync(Clips.Noise(57, 500));
        await device.HeardPartAsync(0, 500);
        await device.TalkAsync(Clips.Noise(58, 500));
        await device.News.UntilAsync(() => device.News.ItemsHeard == 1, "the second answer heard");
        var heard = await device.FinishAsync();
        Assert.False(device.Session.Sent[0].Whole);
        Assert.Contains(device.Session.ClientEvents, e => e.Contains("\"response.cancel\"", StringComparison.Ordinal));
        Cut(device, heard, first);
        heard.HeardWhole(second, device.Session.Sent[1].Sha256);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1.3)]
    public async Task Speech_WhileItSpeaks_CutsTheServersMemoryToWhatIsInTheFile(double speed)
    {
        var (first, second) = (Clips.Noise(61, 5_000), Clips.Noise(62, 400));
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(first, second) with { Speed = speed }, setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Noise(63, 600));
        await device.HeardPartAsync(0, 600);
        var interruption = Clips.Noise(64, 600);
        await device.SayAsync(interruption);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Cut(device, heard, first);
        ServerHeard.Holds(ServerHeard.Committed(device.Session, 1), interruption);
        heard.HeardWhole(second, device.Session.Sent[1].Sha256);
        Assert.DoesNotContain(device.Session.ClientEvents, e => e.Contains("\"response.cancel\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Press_HandsFree_InterruptsAndListens()
    {
        var (first, second) = (Clips.Noise(65, 5_000), Clips.Noise(66, 400));
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(first, second), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Noise(67, 600));
        await device.HeardPartAsync(0, 500);
        device.Button.Tap();
        await device.Session.WaitAsync(s => s.Truncations.Count == 1, Soon());
        await device.News.UntilAsync(() => device.News.State is { Press: null, Turn: TurnState.Armed or TurnState.Listening }, "listening");
        await device.SayAsync(Clips.Noise(68, 600));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Cut(device, heard, first);
        heard.HeardWhole(second, device.Session.Sent[1].Sha256);
    }

    [Fact]
    public async Task Press_TwoItemsQueued_CutsTheOneHeardAndDeletesTheOther()
    {
        var (one, two, last) = (Clips.Noise(71, 3_000), Clips.Noise(72, 2_000), Clips.Noise(73, 400));
        await using var device = await DeviceUnderTest.StartAsync(TwoItems(one, two, last));
        var heard = await TalkOverAsync(device, Clips.Noise(74, 500), item: 0, Clips.Noise(75, 500), wholeItems: 1);
        Cut(device, heard, one);
        Assert.Equal(device.Session.Sent[1].ItemId, Assert.Single(device.Session.Deletions));
        heard.NotHeardAfter(two, 0);
        heard.HeardWhole(last, device.Session.Sent[2].Sha256);
    }

    [Fact]
    public async Task Press_InTheSecondOfTwoItems_LeavesTheFirstAlone()
    {
        var (one, two, last) = (Clips.Noise(76, 500), Clips.Noise(77, 3_000), Clips.Noise(78, 400));
        await using var device = await DeviceUnderTest.StartAsync(TwoItems(one, two, last));
        var heard = await TalkOverAsync(device, Clips.Noise(79, 500), item: 1, Clips.Noise(80, 500), wholeItems: 2);
        heard.HeardWhole(one, device.Session.Sent[0].Sha256);
        Cut(device, heard, two, item: 1);
        Assert.Empty(device.Session.Deletions);
        heard.HeardWhole(last, device.Session.Sent[2].Sha256);
    }

    [Fact]
    public async Task Speech_WithInterruptResponseFalse_LetsTheAnswerBeHeard()
    {
        var answer = Clips.Noise(81, 2_500);
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree(d => d with { InterruptResponse = false }) };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Noise(82, 600));
        await device.HeardPartAsync(0, 400);
        await device.SayAsync(Clips.Noise(83, 300));
        await device.News.UntilAsync(() => device.News.ItemsHeard >= 1, "the answer heard");
        var heard = await device.FinishAsync();
        heard.HeardWhole(answer, device.Session.Sent[0].Sha256);
        Assert.Empty(device.Session.Truncations);
        Assert.Empty(device.Session.Deletions);
    }

    [Theory]
    [InlineData(TurnDetectionType.ServerVad, true)]
    [InlineData(TurnDetectionType.ServerVad, false)]
    [InlineData(TurnDetectionType.SemanticVad, true)]
    [InlineData(TurnDetectionType.SemanticVad, false)]
    public async Task Speech_OverTwoItems_UnderEachDetection_CutsOneDeletesTheOther(TurnDetectionType type, bool create)
    {
        var (one, two, last) = (Clips.Noise(86, 3_000), Clips.Noise(87, 2_000), Clips.Noise(88, 400));
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree(d => d with { Type = type, CreateResponse = create }) };
        await using var device = await DeviceUnderTest.StartAsync(TwoItems(one, two, last), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Noise(89, 600));
        await device.HeardPartAsync(0, 500);
        await device.Session.WaitAsync(s => s.Sent.Count == 2, Soon());
        await device.SayAsync(Clips.Noise(90, 600));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Cut(device, heard, one);
        Assert.Equal(device.Session.Sent[1].ItemId, Assert.Single(device.Session.Deletions));
        heard.NotHeardAfter(two, 0);
        heard.HeardWhole(last, device.Session.Sent[2].Sha256);
        Assert.Empty(device.Session.Errors);
    }

    [Fact]
    public async Task Press_WithInterruptResponseFalse_CutsWithOurOwnCancel()
    {
        var answer = Clips.Noise(84, 6_000);
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree(d => d with { InterruptResponse = false }) };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer) with { Speed = 1.3 }, setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Noise(85, 600));
        await device.HeardPartAsync(0, 400);
        device.Button.Tap();
        await device.Session.WaitAsync(s => s.Truncations.Count == 1, Soon());
        var heard = await device.FinishAsync();
        Assert.Contains(device.Session.ClientEvents, e => e.Contains("\"response.cancel\"", StringComparison.Ordinal));
        Cut(device, heard, answer);
    }

    private static SimulatorOptions TwoItems(short[] one, short[] two, short[] last) => new()
    {
        Script = new SimulatorScript { Turns = [DeviceUnderTest.Turn(1, one, two), DeviceUnderTest.Turn(2, last)] },
    };

    // Interrupts an answer of two items 500 ms into one of them, with both under way, and waits until so many were heard whole.
    private static async Task<HeardWav> TalkOverAsync(DeviceUnderTest device, short[] question, int item, short[] interruption, int wholeItems)
    {
        await device.TalkAsync(question);
        await device.HeardPartAsync(item, 500);
        await device.Session.WaitAsync(s => s.Sent.Count == 2, Soon());
        await device.TalkAsync(interruption);
        await device.HeardAsync(wholeItems);
        return await device.FinishAsync();
    }

    private static void Cut(DeviceUnderTest device, HeardWav heard, short[] answer, int item = 0)
    {
        var cut = Assert.Single(device.Session.Truncations);
        Assert.Equal(device.Session.Sent[item].ItemId, cut.ItemId);
        var place = heard.Find(answer);
        Assert.InRange(place.Count, 1, answer.Length - 1);
        Assert.InRange(cut.AudioEndMs - place.Count * 1000.0 / Clips.Rate, -PeriodMs, PeriodMs);
        heard.NotHeardAfter(answer, place.End);
    }

    private static CancellationToken Soon() => new CancellationTokenSource(DeviceNews.Patience).Token;
}
