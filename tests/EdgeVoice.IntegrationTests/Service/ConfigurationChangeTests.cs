using System.Runtime.Versioning;
using EdgeVoice.Core.Control;
using EdgeVoice.IntegrationTests.Device;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>A configuration file is edited while the service runs: what is heard, sent and told follows, and nothing else is disturbed.</summary>
[Collection(WholeDevice.Name)]
[SupportedOSPlatform("linux")]
public sealed class ConfigurationChangeTests
{
    private static readonly short[] Answer = Clips.Noise(901, 700);

    [Fact]
    public async Task Volume_CountsWithinHalfASecondAndDisturbsNothing()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        var session = await it.SessionAsync(0);
        var since = TimeProvider.System.GetTimestamp();
        it.Write(it.Configuration(volume: 30));
        await ServiceUnderTest.UntilAsync(() => it.Store.Taken == 1, "the volume");
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Assert.Equal(30, (await it.StatusAsync()).Volume);
        await it.TurnAsync();
        Assert.Single(it.Server.Sessions);
        Assert.Single(ServiceUnderTest.Events(session, "session.update"));
    }

    [Fact]
    public async Task Instructions_AreSentToTheSessionInUse()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        var session = await it.SessionAsync(0);
        await it.TakeAsync(it.Configuration(realtime: """ "instructions": "Speak like a pirate." """));
        var updates = ServiceUnderTest.Events(session, "session.update");
        Assert.Equal(2, updates.Count);
        Assert.Equal("Speak like a pirate.", (string?)updates[1]["session"]!["instructions"]);
        await it.TurnAsync();
        Assert.Single(it.Server.Sessions);
    }

    [Fact]
    public async Task Model_TakesAnotherSessionThatRemembers_AndTheOldOneIsLeftPolitely()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        await it.DoAsync("say", "My name is Ada.");
        await it.StatusAsync(status => status.Answer is not null && status.Turn == "Idle", "an answer");
        await it.TakeAsync(it.Configuration(realtime: """ "model": "gpt-realtime-mini" """));
        var second = await it.SessionAsync(1);
        Assert.Equal("gpt-realtime-mini", second.Model);
        await IsToldAsync(second, "My name is Ada.");
        Assert.Equal(1000, it.Server.Sessions[0].CloseCode);
        Assert.Equal(0, (await it.StatusAsync()).Reconnects);
        await it.TurnAsync();
        Assert.Single(second.Committed);
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsRolledBack_AndTheConversationGoesOn()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        it.Write(it.Configuration(volume: 40, url: new Uri("ws://127.0.0.1:1/v1/realtime")));
        await ServiceUnderTest.UntilAsync(() => it.Store.RolledBack == 1, "the roll back");
        var status = await it.StatusAsync();
        Assert.Contains("rolled back: realtime:", Assert.Single(status.Configuration!.Problems), StringComparison.Ordinal);
        Assert.Equal(("Ready", 100), (status.Link, status.Volume));
        Assert.Contains("configuration not taken", status.Text, StringComparison.Ordinal);
        await it.TurnAsync();
        Assert.Single(it.Server.Sessions[0].Committed);
        await it.TakeAsync(it.Configuration(volume: 40));
        Assert.Empty((await it.StatusAsync()).Configuration!.Problems);
    }

    [Fact]
    public async Task InTheMiddleOfAnAnswer_ItIsHeardToItsEnd_ThenTheOtherLoudspeakerIsUsed()
    {
        var answer = Clips.Noise(902, 2_500);
        await using var it = await ServiceUnderTest.StartAsync(Answers(answer));
        var session = await it.SessionAsync(0);
        await it.DoAsync("press");
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System);
        await it.DoAsync("release");
        await it.StatusAsync(status => status.Turn == "Speaking", "an answer");
        it.Write(it.Configuration(realtime: """ "instructions": "Later." """, playback: "second.wav"));
        await it.StatusAsync(status => status.Configuration!.Pending.Count > 0, "the change told to wait");
        await it.StatusAsync(status => status.Turn == "Idle", "the answer's end");
        Assert.Single(ServiceUnderTest.Events(session, "session.update"));
        await ServiceUnderTest.UntilAsync(() => it.Store.Taken == 1, "the configuration taken");
        await it.TurnAsync();
        await it.TakeAsync(it.Configuration(playback: "third.wav"));
        Assert.Equal(answer.Length, new HeardWav(it["out.wav"]).Find(answer).Count);
        Assert.Equal(answer.Length, new HeardWav(it["second.wav"]).Find(answer).Count);
        Assert.Equal("Later.", (string?)ServiceUnderTest.Events(session, "session.update")[1]["session"]!["instructions"]);
    }

    [Fact]
    public async Task Microphone_NextTurnIsHeardByTheOtherOne()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        var session = await it.SessionAsync(0);
        var other = it.Voice("other.wav", 605);
        await it.TakeAsync(it.Configuration(capture: "other.wav"));
        await it.TurnAsync();
        var heard = ServerHeard.Committed(session);
        Assert.True(other.AsSpan().IndexOf(heard.AsSpan(heard.Length / 2, 2_400)) >= 0, "the other microphone was not heard");
    }

    [Fact]
    public async Task LoudspeakerThatIsNotThere_IsRolledBack_AndTheOldOneSounds()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        it.Write(it.Configuration(playback: "hw:77"));
        await ServiceUnderTest.UntilAsync(() => it.Store.RolledBack == 1, "the roll back");
        Assert.Contains("loudspeaker", Assert.Single(it.Store.Current.Problems), StringComparison.Ordinal);
        await it.StatusAsync(status => status.Link == "Ready", "a session");
        await it.TurnAsync();
        await it.TakeAsync(it.Configuration(playback: "third.wav"));
        Assert.Equal(Answer.Length, new HeardWav(it["out.wav"]).Find(Answer).Count);
    }

    [Fact]
    public async Task Mode_DeviceIsPutTogetherAnew_RemembersAndStaysWatched()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        await it.DoAsync("say", "My name is Ada.");
        await it.StatusAsync(status => status.Answer is not null && status.Turn == "Idle", "an answer");
        await it.TakeAsync(it.Configuration(conversation: """ "mode": "hands-free" """));
        Assert.Equal("hands-free", (await it.StatusAsync()).Mode);
        var second = await it.SessionAsync(1);
        await IsToldAsync(second, "My name is Ada.");
        await it.TakeAsync(it.Configuration());
        await it.SessionAsync(2);
        await it.StatusAsync(status => status.Link == "Ready", "a session");
        await it.TurnAsync();
        Assert.Single(it.Server.Sessions[2].Committed);
    }

    [Fact]
    public async Task WhatTakesARestart_IsInForceForTheRestAndTold()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.TakeAsync(it.Configuration(volume: 55, more: """ "service": { "stateDirectory": "/tmp" } """));
        var status = await it.StatusAsync();
        Assert.Equal(55, status.Volume);
        Assert.Equal(["service.stateDirectory: takes a restart of the service"], status.Configuration!.Pending);
    }

    [Fact]
    public async Task BadEdit_OldOneStays_StatusSaysWhatIsWrong_UntilItIsMended()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        it.Write(it.Configuration(volume: 130));
        var status = await it.StatusAsync(now => now.Configuration!.Problems.Count > 0, "the problem");
        Assert.Contains("audio.playback.volume", status.Text, StringComparison.Ordinal);
        await ServiceUnderTest.UntilAsync(() => it.Statuses.Any(text => text.Contains("configuration not taken", StringComparison.Ordinal)), "the service manager told");
        await it.TurnAsync();
        await it.TakeAsync(it.Configuration(volume: 13));
        status = await it.StatusAsync();
        Assert.Equal((13, "all well"), (status.Volume, status.Text));
        Assert.Equal((1, 1), (status.Counters["configurationsTaken"], status.Counters["configurationsRefused"]));
    }

    [Fact]
    public async Task NoFileAtTheStart_RunsAndSaysSo_AndConnectsOnceThereIsOne()
    {
        // The control socket is where the file says, so it is not asked before there is one.
        await using var it = await ServiceUnderTest.StartAsync(Answers(), _ => null);
        Assert.Contains(it.Statuses, text => text.Contains("configuration not taken", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        Assert.Empty(it.Server.Sessions);
        await it.TakeAsync(it.Configuration());
        await it.SessionAsync(0);
    }

    [Fact]
    public async Task BadFileAtTheStart_LastGoodOneIsInForce()
    {
        using var state = new TestFolder();
        string good;
        await using (var before = await ServiceUnderTest.StartAsync(Answers(), stateDirectory: state[""]))
        {
            await before.SessionAsync(0);
            good = File.ReadAllText(before.File);
            await ServiceUnderTest.UntilAsync(() => File.Exists(state["configuration.last-good.json"]), "the last good copy");
            Assert.DoesNotContain(ServiceUnderTest.Key, File.ReadAllText(state["configuration.last-good.json"]), StringComparison.Ordinal);
            Assert.Contains(good, File.ReadAllText(state["configuration.last-good.json"]), StringComparison.Ordinal);
        }

        await using var after = await ServiceUnderTest.StartAsync(Answers(), it => "{ not JSON", state[""]);
        Assert.Equal("last good copy", after.Store.Current.Source);
    }

    [Fact]
    public async Task Key_AnotherOneTakesAnotherSession_AndOneThatIsRefusedLeavesTheOldOne()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers() with { RequiredKey = ServiceUnderTest.Key });
        await it.SessionAsync(0);
        await File.WriteAllTextAsync(it.KeyFile, "sk-another-key-nobody-knows-here");
        await Task.Delay(TimeSpan.FromMilliseconds(800), TimeProvider.System);
        Assert.Equal("Ready", (await it.StatusAsync()).Link);
        // It was tried, and refused after the upgrade.
        Assert.Equal([null, 3000], it.Server.Sessions.Select(session => session.CloseCode));
        Assert.Contains("the changed credential is not taken", (await it.StatusAsync()).Text, StringComparison.Ordinal);
        await it.TurnAsync();
        Assert.Single(it.Server.Sessions[0].Committed);
        await File.WriteAllTextAsync(it.KeyFile, ServiceUnderTest.Key);
        await it.SessionAsync(2);
        await ServiceUnderTest.UntilAsync(() => it.Server.Sessions[0].Ended, "the old session left");
        await it.TurnAsync();
        Assert.Single(it.Server.Sessions[2].Committed);
    }

    [Fact]
    public async Task WrongAddress_WhileATurnWaits_TheMendedOneIsTakenAndTheTurnAnswered()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers(), it => it.Configuration(url: new Uri("ws://127.0.0.1:1/v1/realtime")));
        await it.DoAsync("press");
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System);
        await it.DoAsync("release");
        await it.StatusAsync(status => status.Turn == "Committing", "a turn that waits");
        // Together with an option that takes the device apart: not before the turn has been answered.
        it.Write(it.Configuration(playback: "other.wav", conversation: """ "mode": "hands-free" """));
        var session = await it.SessionAsync(0);
        await ServiceUnderTest.UntilAsync(() => it.Store.Taken == 1, "the configuration taken");
        Assert.Equal("hands-free", (await it.StatusAsync()).Mode);
        Assert.True(Assert.Single(session.Sent).Whole);
        Assert.Equal(Answer.Length, new HeardWav(it["out.wav"]).Find(Answer).Count);
    }

    // A microphone that somebody closed is not opened by an edit of a file, and the volume stays as it was turned.
    [Theory]
    [InlineData("out.wav", 1, 0)]
    [InlineData("hw:77", 0, 1)]
    public async Task Mode_WhileMuted_StaysMutedAndKeepsTheVolume(string loudspeaker, int taken, int rolledBack)
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        await it.DoAsync("mute");
        await it.AskAsync(ControlRequest.Of("volume", percent: 77));
        it.Write(it.Configuration(playback: loudspeaker, conversation: """ "mode": "hands-free" """));
        await ServiceUnderTest.UntilAsync(() => (it.Store.Taken, it.Store.RolledBack) == (taken, rolledBack), "the end of the change");
        var status = await it.StatusAsync(now => now.Mute == "Muted", "muted");
        Assert.Equal(77, status.Volume);
        await it.DoAsync("press");
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System);
        await it.DoAsync("release");
        Assert.Equal("Muted", (await it.StatusAsync()).Mute);
        Assert.All(it.Server.Sessions, session => Assert.Equal(0, session.ReceivedSamples));
    }

    [Fact]
    public async Task Mode_WithAServerThatIsNotThere_IsRolledBackBeforeTheDeviceIsTakenApart()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        it.Write(it.Configuration(conversation: """ "mode": "hands-free" """, url: new Uri("ws://127.0.0.1:1/v1/realtime")));
        await ServiceUnderTest.UntilAsync(() => it.Store.RolledBack == 1, "the roll back");
        var status = await it.StatusAsync();
        Assert.Equal(("push-to-talk", "Ready"), (status.Mode, status.Link));
        Assert.Single(it.Server.Sessions);
    }

    [Fact]
    public async Task Reload_SaysWhatCameOfIt()
    {
        await using var it = await ServiceUnderTest.StartAsync(Answers());
        await it.SessionAsync(0);
        var reply = await it.DoAsync("reload");
        Assert.True(reply.Ok);
        Assert.Contains("unchanged", reply.Text, StringComparison.Ordinal);
        Assert.Contains("taken live", reply.Text, StringComparison.Ordinal);
    }

    private static Task IsToldAsync(SimulatedSession session, string words) => ServiceUnderTest.UntilAsync(
        () => ServiceUnderTest.Events(session, "conversation.item.create").Any(item => item.ToJsonString().Contains(words, StringComparison.Ordinal)),
        "the new session told of what was said");

    private static SimulatorOptions Answers(short[]? answer = null) => new()
    {
        Script = new SimulatorScript { Otherwise = [new PcmAnswer(answer ?? Answer, Clips.Rate, "Yes.")] },
        Seed = 3,
    };
}
