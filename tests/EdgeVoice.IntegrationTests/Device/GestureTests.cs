using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Taps, glitches and mute, down to what the server got and what was heard.</summary>
[Collection(WholeDevice.Name)]
public sealed class GestureTests
{
    [Fact]
    public async Task DoubleTap_WhileItSpeaks_EndsEverything()
    {
        var answer = Clips.Noise(101, 5_000);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer, Clips.Noise(102, 300)) with { Speed = 1.3 });
        await device.TalkAsync(Clips.Noise(103, 500));
        await device.HeardPartAsync(0, 500);
        await DoubleTapAsync(device);
        await device.News.UntilAsync(() => device.News.State is { Conversation: ConversationState.Closed, Turn: TurnState.Idle }, "closed");
        await device.Session.WaitAsync(s => s.Truncations.Count == 1, Soon());
        await DeviceUnderTest.PassMsAsync(300);
        var heard = await device.FinishAsync();
        var place = heard.Find(answer);
        Assert.InRange(device.Session.Truncations[0].AudioEndMs - place.Count * 1000.0 / Clips.Rate, -10, 10);
        heard.NotHeardAfter(answer, place.End);
        Assert.Single(device.Session.Committed);
        Assert.False(device.Session.Sent[0].Whole);
        Assert.False(device.Session.Ended && device.Session.CloseCode != 1000, "the socket stays");
    }

    [Fact]
    public async Task DoubleTap_InAnOpenTurn_TakesItBackAndTheNextTurnIsClean()
    {
        var (question, answer) = (Clips.Noise(104, 500), Clips.Noise(105, 400));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        await DoubleTapAsync(device);
        await device.News.UntilAsync(() => device.News.State.Conversation == ConversationState.Closed, "closed");
        await DeviceUnderTest.PassMsAsync(400);
        await device.TalkAsync(question);
        var turn = await OneTurnAsync(device, question, answer);
        // Nothing of the taken-back turn: no more than pre-roll, speech and tail.
        Assert.InRange(turn.Length - question.Length, 0, Clips.Samples(300 + 300 + 500));
    }

    [Fact]
    public async Task Glitch_WhileItSpeaks_ResumesTheSoundWhereItWas()
    {
        var answer = Clips.Noise(106, 2_000);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        await device.TalkAsync(Clips.Noise(107, 500));
        await device.HeardPartAsync(0, 400);
        // Up and staying up when the line is read again after 30 ms.
        device.Button.Tap(5);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var place = heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
        Assert.True(place.Gaps > 0, "the sound stood still for the glitch");
        Assert.Empty(device.Session.Truncations);
        Assert.Single(device.Session.Committed);
        Assert.DoesNotContain(device.Session.ClientEvents, e => e.Contains("\"response.cancel\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Glitch_Idle_IsTakenBackAtTheServer()
    {
        var (question, answer) = (Clips.Noise(108, 500), Clips.Noise(109, 400));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        await DeviceUnderTest.PassMsAsync(500);
        device.Button.Tap(5);
        await device.Session.WaitAsync(s => s.ClientEvents.Any(IsClear), Soon());
        Assert.True(device.Session.ReceivedSamples > 0, "the pre-roll was under way before the glitch was known to be one");
        await device.TalkAsync(question);
        await OneTurnAsync(device, question, answer);
        Assert.Single(device.Session.ClientEvents, IsClear);
    }

    [Fact]
    public async Task Tap_ThenSpeech_IsEndedBySilence()
    {
        var (question, answer) = (Clips.Noise(110, 500), Clips.Noise(111, 400));
        var setup = new DeviceSetup
        {
            Configure = o => o with { Conversation = o.Conversation with { TapEndSilenceMs = 500 } },
        };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        device.Button.Tap();
        await DeviceUnderTest.PassMsAsync(200);
        await device.SayAsync(question);
        await OneTurnAsync(device, question, answer);
    }

    [Fact]
    public async Task Tap_ThenSpeechThenTap_EndsTheTurn()
    {
        var (question, answer) = (Clips.Noise(112, 500), Clips.Noise(113, 400));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        device.Button.Tap();
        await DeviceUnderTest.PassMsAsync(200);
        await device.SayAsync(question);
        device.Button.Tap();
        await OneTurnAsync(device, question, answer);
    }

    [Fact]
    public async Task Mute_InAnOpenTurn_TakesItBackAndClosesTheMicrophone()
    {
        var (secret, question, answer) = (Clips.Noise(114, 3_000), Clips.Noise(115, 500), Clips.Noise(116, 400));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        device.Button.Press();
        await device.BeginToSayAsync(secret);
        await device.TurnAsync(TurnState.Listening);
        device.Device.Conversation.Post(new MuteWanted(true, 0));
        await device.Session.WaitAsync(s => s.ClientEvents.Any(IsClear), Soon());
        await UntilCaptureAsync(device, CaptureStatus.Closed);
        var sent = device.Session.ReceivedSamples;
        device.Button.Release();
        device.Button.Press();
        await DeviceUnderTest.PassMsAsync(300);
        device.Button.Release();
        Assert.Equal(sent, device.Session.ReceivedSamples);

        device.Device.Conversation.Post(new MuteWanted(false, 0));
        await UntilCaptureAsync(device, CaptureStatus.Open);
        await DeviceUnderTest.PassMsAsync(300);
        await device.TalkAsync(question);
        var turn = await OneTurnAsync(device, question, answer);
        // What was heard before the mute is forgotten: it is in no pre-roll afterwards.
        for (var at = 0; at + 24 <= secret.Length; at += 24)
            Assert.True(turn.AsSpan().IndexOf(secret.AsSpan(at, 24)) < 0, "what was said before the mute came with a later turn");
    }

    [Fact]
    public async Task Mute_WhileItSpeaks_LetsTheAnswerBeHeard()
    {
        var answer = Clips.Noise(117, 1_500);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        await device.TalkAsync(Clips.Noise(118, 500));
        await device.HeardPartAsync(0, 300);
        device.Device.Conversation.Post(new MuteWanted(true, 0));
        await UntilCaptureAsync(device, CaptureStatus.Closed);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
    }

    // To the end: exactly one turn was committed, which holds the question, and its answer was heard whole.
    private static async Task<short[]> OneTurnAsync(DeviceUnderTest device, short[] question, short[] answer)
    {
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var turn = ServerHeard.Committed(device.Session);
        ServerHeard.Holds(turn, question);
        Assert.Single(device.Session.Committed);
        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
        return turn;
    }

    private static async Task DoubleTapAsync(DeviceUnderTest device)
    {
        device.Button.Tap(80);
        await DeviceUnderTest.PassMsAsync(180);
        device.Button.Tap(80);
    }

    private static async Task UntilCaptureAsync(DeviceUnderTest device, CaptureStatus status)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnStatus(CaptureStatus now)
        {
            if (now == status) reached.TrySetResult();
        }

        device.Device.CaptureControl.StatusChanged += OnStatus;
        if (device.Device.CaptureControl.Status != status) await reached.Task.WaitAsync(DeviceNews.Patience);
        device.Device.CaptureControl.StatusChanged -= OnStatus;
    }

    private static bool IsClear(string sent) => sent.Contains("\"input_audio_buffer.clear\"", StringComparison.Ordinal);

    private static CancellationToken Soon() => new CancellationTokenSource(DeviceNews.Patience).Token;
}
