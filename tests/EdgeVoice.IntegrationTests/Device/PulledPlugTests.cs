using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Service;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Microphone and loudspeaker pulled out in mid-sentence, and plugged in again.</summary>
[Collection(WholeDevice.Name)]
public sealed class PulledPlugTests
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private readonly DeviceSetup _setup = new();

    [Fact]
    public async Task Microphone_PulledInMidTurn_WhatWasSaidIsAnsweredAndTheReplugBringsItBack()
    {
        var (question, second, answers) = (Clips.Noise(701, 3_000), Clips.Noise(702, 600), new[] { Clips.Noise(703, 500), Clips.Noise(704, 400) });
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answers), _setup);
        device.Button.Press();
        var said = await device.BeginToSayAsync(question);
        await DeviceUnderTest.PassAsync(said.StartNs + 1_000_000_000);
        _setup.MicrophonePlug.Pull();
        await LostAsync(device);
        await device.HeardAsync(1);
        Assert.Equal((TurnState.Idle, ConversationState.Closed), (device.News.State.Turn, device.News.State.Conversation));
        Assert.StartsWith("missing: ", device.Device.Figures.Of(device.Device).Microphone, StringComparison.Ordinal);
        Assert.Equal("microphone missing (7 blinks): " + device.News.State.MicrophoneProblem, StatusText.Of(device.News.State, []));
        device.Button.Release();

        // Without a nudge: within a second, and not two.
        _setup.MicrophonePlug.PlugIn();
        var since = Time.GetTimestamp();
        await BackAsync(device);
        Assert.InRange(Time.GetElapsedTime(since).TotalSeconds, 0, 2);
        await device.TalkAsync(second);
        await device.HeardAsync(2);
        var heard = await device.FinishAsync();

        var turn = ServerHeard.Committed(device.Session);
        var first = turn.AsSpan().IndexOf(question.AsSpan(0, 4_800));
        Assert.True(first >= 0, "the turn does not begin with what was said");
        Assert.Equal(question[..(turn.Length - first)], turn[first..]);
        Assert.InRange((turn.Length - first) * 1000.0 / Clips.Rate, 900, 1_300);
        ServerHeard.Holds(ServerHeard.Committed(device.Session, 1), second);
        for (var i = 0; i < 2; i++) heard.HeardWhole(answers[i], device.Session.Sent[i].Sha256);
    }

    [Fact]
    public async Task Microphone_PulledWhileNobodySpeaks_NothingIsCommittedAndARetryOpensAtOnce()
    {
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(705, 300)), _setup);
        device.Button.Press();
        await DeviceUnderTest.PassMsAsync(500);
        _setup.MicrophonePlug.Pull();
        await LostAsync(device);
        await device.TurnAsync(TurnState.Idle);
        await device.News.UntilAsync(() => device.News.State.Conversation == ConversationState.Closed, "a closed conversation");
        device.Button.Release();
        await DeviceUnderTest.PassMsAsync(400);
        // A press now takes no turn, and says why.
        device.Button.Tap();
        await device.News.UntilAsync(() => device.News.Told.Count(t => t.StartsWith("microphone missing", StringComparison.Ordinal)) == 2, "why");
        Assert.Equal(1, device.News.State.TurnNumber);
        await DeviceUnderTest.PassMsAsync(400);
        _setup.MicrophonePlug.PlugIn();
        var since = Time.GetTimestamp();
        device.Device.Capture.Retry();
        await BackAsync(device);
        Assert.InRange(Time.GetElapsedTime(since).TotalMilliseconds, 0, 300);
        await device.FinishAsync();
        Assert.Empty(device.Session.Committed);
    }

    [Fact]
    public async Task Loudspeaker_PulledInAnAnswer_TheRestIsHeardAfterTheReplug()
    {
        var answer = Clips.Noise(706, 2_500);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), _setup);
        await device.TalkAsync(Clips.Noise(707, 500));
        await device.HeardPartAsync(0, 800);
        _setup.LoudspeakerPlug.Pull();
        await device.News.UntilAsync(() => device.News.State.LoudspeakerProblem is not null, "a loudspeaker that is lost");
        await DeviceUnderTest.PassMsAsync(700);
        Assert.Equal(TurnState.Speaking, device.News.State.Turn);
        _setup.LoudspeakerPlug.PlugIn();
        await device.HeardAsync(1);
        Assert.Null(device.News.State.LoudspeakerProblem);
        Assert.Equal(1, device.Device.Playback.Counters.Losses);
        var heard = await device.FinishAsync();
        // Up to the pull, and from there to the end: what the card played after it was asked last may come twice, nothing is missing.
        var before = heard.Find(answer);
        Assert.InRange(before.Count, Clips.Samples(750), answer.Length / 2);
        Assert.Equal(answer.Length - before.Count, heard.Find(answer.AsSpan(before.Count), before.End).Count);
    }

    [Fact]
    public async Task Muted_ThreadConfirmsAndNothingOfTheRoomIsKept()
    {
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(708, 300)), _setup);
        await device.BeginToSayAsync(Clips.Noise(709, 2_000));
        await DeviceUnderTest.PassMsAsync(500);
        device.Device.Conversation.Post(new MuteWanted(true, Time.NowNs()));
        await device.News.UntilAsync(() => device.News.State.Mute == MuteState.Muted, "mute");
        await DeviceUnderTest.PassMsAsync(200);
        Assert.Equal("muted", device.Device.Figures.Of(device.Device).Microphone);
        device.Device.Conversation.Post(new MuteWanted(false, Time.NowNs()));
        device.Button.Press();
        await DeviceUnderTest.PassMsAsync(500);
        device.Button.Release();
        await device.News.UntilAsync(() => device.News.Told.Any(t => t.Contains("nothing heard", StringComparison.Ordinal)), "nothing heard");
        await device.FinishAsync();
        Assert.DoesNotContain(device.Session.ReceivedAudio(), sample => sample != 0);
    }

    private static Task LostAsync(DeviceUnderTest device) =>
        device.News.UntilAsync(() => device.News.State.MicrophoneProblem is not null, "a microphone that is lost");

    private static Task BackAsync(DeviceUnderTest device) =>
        device.News.UntilAsync(() => device.News.State.MicrophoneProblem is null, "a microphone that is back");
}
