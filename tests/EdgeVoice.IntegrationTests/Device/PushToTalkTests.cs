using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Push to talk, from the microphone's samples to the server and from the server's to the file.</summary>
[Collection(WholeDevice.Name)]
public sealed class PushToTalkTests
{
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact]
    public async Task Turn_RecordedSpeechBothWays_ArrivesAndIsHeardSampleForSample()
    {
        var (question, answer) = (Clips.Recorded("agent-pass"), Clips.Recorded("conf-getpin"));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        ServerHeard.Holds(ServerHeard.Committed(device.Session), question);
        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
        Assert.Empty(device.Session.Errors);
        Assert.Single(device.Session.Committed);
    }

    [Fact]
    public async Task Turn_WithSoundBeforeAndAfter_IsSentFrom300MsBeforeThePressTo300MsAfterTheRelease()
    {
        var sound = Clips.Noise(1, 3_000);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(2, 300)));
        var said = await device.BeginToSayAsync(sound);
        await DeviceUnderTest.PassAsync(said.StartNs + 800_000_000);
        var press = Moment(device.Button.Press);
        await DeviceUnderTest.PassAsync(said.StartNs + 1_800_000_000);
        var release = Moment(device.Button.Release);
        await device.HeardAsync(1);
        await device.FinishAsync();

        var turn = ServerHeard.Committed(device.Session);
        var first = sound.AsSpan().IndexOf(turn);
        Assert.True(first >= 0, "the turn is not one stretch of what was said");
        // The edge's time lies between the two readings of the clock around it.
        Assert.InRange(said.StartNs + first * 1e9 / Clips.Rate, press.Before - 301e6, press.After - 299e6);
        Assert.InRange(said.StartNs + (first + turn.Length) * 1e9 / Clips.Rate, release.Before + 299e6, release.After + 301e6);
    }

    [Fact]
    public async Task Turns_OneAfterTheOther_AreKeptApart()
    {
        short[][] questions = [Clips.Noise(11, 500), Clips.Noise(12, 600), Clips.Noise(13, 500)];
        short[][] answers = [Clips.Noise(14, 400), Clips.Noise(15, 700), Clips.Noise(16, 300)];
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answers));
        for (var i = 0; i < questions.Length; i++)
        {
            await device.TalkAsync(questions[i]);
            await device.HeardAsync(i + 1);
        }

        var heard = await device.FinishAsync();
        Assert.Equal(3, device.Session.Committed.Count);
        var end = 0;
        for (var i = 0; i < questions.Length; i++)
        {
            ServerHeard.Holds(ServerHeard.Committed(device.Session, i), questions[i]);
            var place = heard.HeardWhole(answers[i], device.Session.Sent[i].Sha256);
            Assert.True(place.Start >= end, "the answers are heard in their order");
            end = place.End;
        }
    }

    [Fact]
    public async Task Hold_NobodySpeaks_CommitsNothing()
    {
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(21, 300)));
        device.Button.Press();
        await DeviceUnderTest.PassMsAsync(600);
        device.Button.Release();
        await device.News.UntilAsync(() => device.News.Told.Any(t => t.Contains("nothing heard", StringComparison.Ordinal)), "nothing heard");
        await device.Session.WaitAsync(s => s.ClientEvents.Any(e => e.Contains("input_audio_buffer.clear", StringComparison.Ordinal)), Soon());
        await device.FinishAsync();
        Assert.Empty(device.Session.Committed);
        Assert.Equal(TurnState.Idle, device.News.State.Turn);
    }

    [Fact]
    public async Task Idle_Always_SendsNothing()
    {
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(31, 300)));
        await device.SayAsync(Clips.Noise(32, 500));
        await device.FinishAsync();
        Assert.Equal(0, device.Session.ReceivedSamples);
        Assert.Contains("session.update", Assert.Single(device.Session.ClientEvents), StringComparison.Ordinal);
    }

    private static CancellationToken Soon() => new CancellationTokenSource(DeviceNews.Patience).Token;

    private static (long Before, long After) Moment(Action act)
    {
        var before = Time.NowNs();
        act();
        return (before, Time.NowNs());
    }
}
