using System.Text.Json;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>The conversation goes on in the next session: after a cut, and before the server's end of a session comes to be noticed.</summary>
[Collection(WholeDevice.Name)]
[Trait("Time", "long")]
public sealed class MemoryTests
{
    [Fact]
    public async Task ConnectionLost_TheNextSessionIsToldWhatWasSaidAndHeard()
    {
        await using var device = await DeviceUnderTest.StartAsync(Told(Clips.Noise(801, 600), Clips.Noise(802, 3_000), Clips.Noise(803, 400)), Transcribing());
        await device.TalkAsync(Clips.Noise(811, 500));
        await device.HeardAsync(1);
        // The second answer is cut in its middle.
        await device.TalkAsync(Clips.Noise(812, 900));
        await device.HeardPartAsync(1, 1_600);
        device.Server.FailNext(1, FaultMode.DropAfterCommit);
        await device.TalkAsync(Clips.Noise(813, 1_300));
        await device.HeardAsync(2);
        await device.FinishAsync();

        Assert.Equal(2, device.Server.Sessions.Count);
        var items = Items(device.Server.Sessions[1]);
        Assert.Equal(
            [("system", ConversationMemory.Context), ("user", "Turn of 500 ms."), ("assistant", "Answer 1, item 1."), ("user", "Turn of 900 ms.")],
            items.Take(4));
        var cut = Assert.Single(items.Skip(4));
        Assert.Equal("assistant", cut.Role);
        Assert.StartsWith(cut.Text, "Answer 2, item 1.", StringComparison.Ordinal);
        Assert.InRange(cut.Text.Length, 1, "Answer 2, item 1.".Length - 1);
        // Told before the turn that was cut is sent again.
        var events = device.Server.Sessions[1].ClientEvents;
        Assert.True(Place(events, "conversation.item.create") < Place(events, "input_audio_buffer.append"));
        Assert.Empty(device.Server.Sessions[1].Errors);
        await EventJudge.CheckAsync(events);
    }

    [Fact]
    public async Task SessionAboutToEnd_IsExchangedWhileNobodySpeaks_AndNobodyNotices()
    {
        var options = Told(Clips.Noise(821, 500), Clips.Noise(822, 500)) with { SessionLifetime = TimeSpan.FromSeconds(18) };
        await using var device = await DeviceUnderTest.StartAsync(options, Transcribing(idleMs: 1_000));
        await device.TalkAsync(Clips.Noise(823, 500));
        await device.HeardAsync(1);
        await device.Server.WaitForSessionAsync(1, Soon());
        await device.News.UntilAsync(() => device.Device.Session.Rotations == 1 && device.News.State.Link == LinkState.Ready, "another session");
        var links = device.News.Of<ConversationNews.StateChanged>().Select(s => s.State.Link).ToList();
        var (first, second) = (device.Server.Sessions[0], device.Server.Sessions[1]);
        await first.WaitAsync(s => s.Ended, Soon());
        await device.TalkAsync(Clips.Noise(824, 900));
        await device.HeardAsync(2);
        var heard = await device.FinishAsync();

        Assert.DoesNotContain(LinkState.Offline, links.SkipWhile(l => l != LinkState.Ready));
        Assert.Equal((1000, 1, 0), (first.CloseCode, device.Device.Session.Rotations, device.Device.Session.Reconnects));
        Assert.Empty(first.Errors);
        Assert.Equal([("system", ConversationMemory.Context), ("user", "Turn of 500 ms."), ("assistant", "Answer 1, item 1.")], Items(second));
        heard.HeardWhole(Clips.Noise(822, 500), second.Sent[^1].Sha256);
        await EventJudge.CheckAsync(second.ClientEvents);
    }

    [Fact]
    public async Task SessionAboutToEnd_InTheMiddleOfAnAnswer_WaitsForItsEnd()
    {
        var answer = Clips.Noise(831, 8_000);
        var options = Told(answer, Clips.Noise(832, 500)) with { SessionLifetime = TimeSpan.FromSeconds(14) };
        await using var device = await DeviceUnderTest.StartAsync(options, Transcribing(idleMs: 60_000));
        // The answer sounds from the quiet minute of the session on, well into the one in which only an answer is waited for.
        await DeviceUnderTest.PassMsAsync(3_500);
        await device.TalkAsync(Clips.Noise(833, 500));
        await device.HeardPartAsync(0, 7_000);
        Assert.Single(device.Server.Sessions, s => !s.Ended);
        await device.HeardAsync(1);
        await device.News.UntilAsync(() => device.Device.Session.Rotations == 1 && device.News.State.Link == LinkState.Ready, "another session");
        var heard = await device.FinishAsync();
        heard.HeardWhole(answer, device.Server.Sessions[0].Sent.Single().Sha256);
        Assert.Empty(device.Server.Sessions[0].Errors);
        Assert.Equal(3, Items(device.Server.Sessions[1]).Count);
    }

    [Fact]
    public async Task HandsFree_SessionAboutToEnd_OnlyTheBeginningOfSpeechIsSentAgain()
    {
        var options = Told(Clips.Noise(841, 500), Clips.Noise(842, 500)) with { SessionLifetime = TimeSpan.FromSeconds(18) };
        var setup = Transcribing(idleMs: 60_000);
        await using var device = await DeviceUnderTest.StartAsync(options, setup with { Configure = o => DeviceUnderTest.HandsFree()(setup.Configure(o)) });
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await device.SayAsync(Clips.Noise(843, 500));
        await device.HeardAsync(1);
        await device.Server.WaitForSessionAsync(1, Soon());
        await device.News.UntilAsync(() => device.Device.Session.Rotations == 1 && device.News.State.Link == LinkState.Ready, "another session");
        var second = device.Server.Sessions[1];
        await second.WaitAsync(s => s.ReceivedSamples > 0, Soon());
        var replayed = second.ReceivedSamples;
        await device.SayAsync(Clips.Noise(844, 900));
        await device.HeardAsync(2);
        await device.FinishAsync();
        // The rest of what was said since the last answer, ten seconds of silence, would have held the next turn up.
        Assert.InRange(replayed, 1, 48_000);
        Assert.Single(second.Committed);
        Assert.Equal([("system", ConversationMemory.Context), ("user", "Turn of 500 ms."), ("assistant", "Answer 1, item 1.")], Items(second));
    }

    [Fact]
    public async Task SessionThatEndsInTheMiddleOfATurn_IsExchangedLikeACut_AndTheTurnIsWhole()
    {
        var (question, answer) = (Clips.Noise(851, 9_000), Clips.Noise(852, 500));
        var script = new SimulatorScript { Otherwise = [new PcmAnswer(answer, Clips.Rate, "Late.")] };
        await using var device = await DeviceUnderTest.StartAsync(new SimulatorOptions { Script = script, SessionLifetime = TimeSpan.FromSeconds(8) });
        await DeviceUnderTest.PassMsAsync(2_000);
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var session = device.Server.Sessions.Single(s => s.Committed.Count > 0);
        ServerHeard.Holds(ServerHeard.Committed(session), question);
        heard.HeardWhole(answer, session.Sent.Single().Sha256);
    }

    private static SimulatorOptions Told(params short[][] answers)
    {
        var turns = DeviceUnderTest.Answers(answers).Script!.Turns;
        // By the length of what was said, which is the same turn on every session.
        (int Min, int Max)[] lengths = [(0, 1_180), (1_180, 1_600), (1_600, 60_000)];
        int[] said = [500, 900, 1_300];
        return new SimulatorOptions
        {
            Script = new SimulatorScript
            {
                Turns = [.. turns.Select((t, i) => t with { Number = null, MinMs = lengths[i].Min, MaxMs = lengths[i].Max, Transcript = $"Turn of {said[i]} ms." })],
            },
            PromptTranscriptions = true,
        };
    }

    private static DeviceSetup Transcribing(int idleMs = 20_000) => new()
    {
        Configure = options => options with
        {
            Realtime = options.Realtime with { Transcription = new TranscriptionOptions() },
            Conversation = options.Conversation with { IdleTimeoutMs = idleMs },
        },
    };

    private static List<(string Role, string Text)> Items(SimulatedSession session) =>
    [
        .. session.ClientEvents.Select(e => JsonDocument.Parse(e).RootElement).Where(e => e.GetProperty("type").GetString() == "conversation.item.create")
            .Select(e => e.GetProperty("item")).Select(i => (i.GetProperty("role").GetString()!, i.GetProperty("content")[0].GetProperty("text").GetString()!)),
    ];

    private static int Place(IReadOnlyList<string> events, string type) =>
        events.Select((text, at) => (text, at)).First(e => e.text.Contains($"\"{type}\"", StringComparison.Ordinal)).at;

    private static CancellationToken Soon() => new CancellationTokenSource(DeviceNews.Patience).Token;
}
