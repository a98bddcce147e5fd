using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Realtime;

public sealed class RealtimeSessionTests
{
    [Fact]
    public async Task Connect_SettingsAreSentAndTakenBeforeReady()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        var ready = await b.Link(LinkStage.Ready);
        Assert.NotNull(ready.Connection);
        Assert.Equal(["session.update"], transport.Types);
        Assert.Equal("settings", transport.Sent[0].GetProperty("event_id").GetString());
        Assert.Equal([LinkStage.Connecting, LinkStage.Ready], b.Links.Select(l => l.Stage));
        Assert.Equal((1, 0), (b.Resets, b.Session.Reconnects));
        Assert.Equal([typeof(SessionCreated), typeof(SessionUpdated)], b.Events.Select(e => e.GetType()));
    }

    [Fact]
    public async Task NoGreeting_GivesUpInTime()
    {
        var transport = new FakeTransport { Greets = false };
        await using var b = new SessionBench(() => transport);
        await b.Armed();
        b.Time.AdvanceMs(10_000);
        Assert.Contains("is this a Realtime server?", (await b.Link(LinkStage.Lost)).Cause, StringComparison.Ordinal);
        Assert.Equal((1, true), (transport.Closes, transport.IsDisposed));
    }

    [Theory]
    [InlineData("\"settings\"")]
    [InlineData("null")]
    public async Task SettingsRefused_IsTheCause(string eventId)
    {
        var transport = new FakeTransport { TakesSettings = false };
        await using var b = new SessionBench(() => transport);
        await b.Armed();
        transport.Receive($$$"""{"type":"error","error":{"type":"invalid_request_error","code":"unknown_parameter","message":"Unknown parameter: 'x'.","event_id":{{{eventId}}}}}""");
        Assert.Equal("wss://voice.example/v1/realtime: the settings were refused: Unknown parameter: 'x'.", (await b.Link(LinkStage.Lost)).Cause);
    }

    [Theory]
    [InlineData(3000, "invalid_api_key", "Incorrect API key provided", true, "refused: Incorrect API key provided; check the API key")]
    [InlineData(4000, "missing_model", "You must provide a model", true, "refused: You must provide a model; set realtime.model")]
    [InlineData(4004, "model_not_found", "No such model", true, "refused: No such model; check realtime.model")]
    [InlineData(1000, "insufficient_quota", "Too much", true, "refused: Too much; the account has no credit left")]
    [InlineData(1001, "session_expired", "Your session hit the maximum duration of 60 minutes.", false, "connection ended (close code 1001): Your session hit")]
    [InlineData(1011, null, "", false, "connection ended (close code 1011): down for repair")]
    [InlineData(null, null, "", false, "the connection ended before it was ready")]
    public async Task ErrorThenClose_IsExplained(int? close, string? code, string message, bool fatal, string cause)
    {
        var transport = new FakeTransport { Greets = false };
        await using var b = new SessionBench(() => transport);
        await b.Armed();
        if (code is not null)
            transport.Receive($$$"""{"type":"error","error":{"type":"invalid_request_error","code":"{{{code}}}","message":"{{{message}}}"}}""");
        transport.End(close, "down for repair");
        var news = await b.Link(fatal ? LinkStage.Refused : LinkStage.Lost);
        Assert.StartsWith("wss://voice.example/v1/realtime: " + cause, news.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", news.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOldError_DoesNotExplainALaterClose()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        transport.Receive("""{"type":"error","error":{"type":"x","code":"insufficient_quota","message":"old"}}""");
        transport.Receive("""{"type":"rate_limits.updated","rate_limits":[]}""");
        transport.End(1006, "cable");
        Assert.Contains("cable", (await b.Link(LinkStage.Lost)).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(null)]
    public async Task UpgradeRefused_ThatMayPass_IsTriedAgain(int? status)
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("voice.example: no", status));
        Assert.Equal("voice.example: no", (await b.Link(LinkStage.Lost)).Cause);
        await b.Armed();
        b.Time.AdvanceMs(249);
        Assert.Equal(1, b.Connector.Attempts);
        b.Time.AdvanceMs(1);
        await b.Link(LinkStage.Connecting, 2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task UpgradeRefused_ByWhatMayBeAGateway_IsTriedRarely(int status)
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("voice.example: no", status));
        await b.Link(LinkStage.Refused);
        for (var passed = 0; passed < 600; passed += 2)
        {
            await b.Armed();
            Assert.Equal(1, b.Connector.Attempts);
            b.Time.AdvanceMs(2_000);
        }

        await b.Link(LinkStage.Connecting, 2);
    }

    [Fact]
    public async Task UpgradeRefused_ForTheKey_IsNotTriedAgain()
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("voice.example: no", 401));
        await b.Link(LinkStage.Refused);
        for (var i = 0; i < 1_000; i++)
        {
            await b.Armed();
            b.Time.AdvanceMs(2_000);
        }

        Assert.Equal(1, b.Connector.Attempts);
        Assert.Equal(
            ["No session: voice.example: no; tried again when the key or the network changes, or somebody wants an answer"], b.Log.All);
    }

    [Fact]
    public async Task Refused_AnotherKey_IsTriedWithinTwoSeconds()
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("no", 401), () => new FakeTransport());
        await b.Link(LinkStage.Refused);
        await b.Armed();
        b.Key = "another";
        b.Time.AdvanceMs(2_000);
        await b.Link(LinkStage.Ready);
    }

    [Fact]
    public async Task Refused_SomebodyWaits_IsTriedOnceWithinASecond()
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("no", 401));
        await b.Link(LinkStage.Refused);
        await b.Armed();
        b.Session.Hurry();
        Assert.True(await Eventually.IsTrue(() =>
        {
            b.Time.AdvanceMs(100);
            return b.Connector.Attempts == 2;
        }));
        await b.Link(LinkStage.Refused, 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnotherNetwork_IsTriedAtOnce(bool isRefused)
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("no", isRefused ? 401 : null), () => new FakeTransport());
        await b.Link(isRefused ? LinkStage.Refused : LinkStage.Lost);
        await b.Armed();
        b.Session.TryNow();
        await b.Link(LinkStage.Ready);
    }

    [Fact]
    public async Task AnotherNetwork_DuringAnAttempt_TheNextFollowsAtOnce_ButNoneOfALaterLoss()
    {
        var (hanging, good) = (new FakeTransport { Greets = false }, new FakeTransport());
        await using var b = new SessionBench(() => hanging, () => good);
        await b.Armed();
        b.Session.TryNow();
        hanging.End(1006);
        await b.Link(LinkStage.Ready);
        good.End(1006);
        await b.Link(LinkStage.Lost, 2);
        await b.Armed();
        Assert.Equal(2, b.Connector.Attempts);
    }

    [Fact]
    public async Task AnotherNetwork_LongBeforeALoss_IsNoReasonToHurry()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        b.Session.TryNow();
        b.Time.AdvanceMs(60_000);
        transport.End(1006);
        await b.Link(LinkStage.Lost);
        await b.Armed();
        Assert.Equal(1, b.Connector.Attempts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AttemptThatHangs_IsGivenUpForWhoWaitsOrForAnotherNetwork(bool isNetwork)
    {
        await using var b = new SessionBench(() => new FakeTransport { Greets = false }, () => new FakeTransport());
        await b.Armed();
        if (isNetwork) b.Session.TryNow();
        else b.Session.Hurry();
        Assert.True(await Eventually.IsTrue(() =>
        {
            b.Time.AdvanceMs(100);
            return b.Connector.Attempts == 2;
        }));
        await b.Link(LinkStage.Ready);
        // Well before the ten seconds after which it would have been given up anyway.
        Assert.InRange(b.Time.GetTimestamp(), 0, 6_000_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerThatNamesATime_IsLeftAloneUntilThen_WhoeverWaits(bool somebodyPresses)
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("busy", 429) { RetryAfter = TimeSpan.FromSeconds(30) });
        await b.Link(LinkStage.Lost);
        if (somebodyPresses) b.Session.Hurry();
        for (var i = 0; i < 30; i++)
        {
            await b.Armed();
            b.Time.AdvanceMs(1_000);
        }

        Assert.Equal(1, b.Connector.Attempts);
        await b.Armed();
        b.Time.AdvanceMs(1_000);
        await b.Link(LinkStage.Connecting, 2);
    }

    [Fact]
    public async Task ServerThatStaysAway_IsLoggedOnceThenOnceAMinute()
    {
        await using var b = new SessionBench(() => throw new RealtimeConnectException("voice.example: no", null));
        for (var attempt = 1; attempt <= 125; attempt++)
        {
            await b.Link(LinkStage.Lost, attempt);
            await b.Armed();
            // Exactly the pause: what runs on must not find the clock in the middle of a step.
            b.Time.AdvanceMs(Math.Min(1_000, 250 * (1 << Math.Min(attempt - 1, 2))));
            await b.Link(LinkStage.Connecting, attempt + 1);
        }

        Assert.Equal(
            [
                "No session: voice.example: no; next attempt in 0.25 s",
                "No session after 63 attempts: voice.example: no; next attempt in 1 s",
                "No session after 123 attempts: voice.example: no; next attempt in 1 s",
            ],
            b.Log.All);
    }

    [Fact]
    public async Task ServerThatDropsEveryConnection_IsNotLoggedEachTime()
    {
        var transport = new FakeTransport();
        await using var b = new SessionBench(() => transport = new FakeTransport());
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            await b.Link(LinkStage.Ready, attempt);
            Assert.True(await b.Disarmed());
            transport.End(1006);
            await b.Link(LinkStage.Lost, attempt);
            await b.Armed();
            b.Time.AdvanceMs(1_000);
        }

        Assert.Collection(
            b.Log.All,
            line => Assert.StartsWith("Session ready", line, StringComparison.Ordinal),
            line => Assert.StartsWith("No session: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Session ready", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lost_ConnectsAgain_NewConnectionNewAudio_CountsReconnects()
    {
        var (first, second) = (new FakeTransport(), new FakeTransport());
        await using var b = new SessionBench(() => first, () => second);
        var before = await b.Link(LinkStage.Ready);
        first.End(1006);
        await b.Link(LinkStage.Lost);
        Assert.True(first.IsDisposed);
        Assert.False(b.Session.Post(new InputAudioBufferClear()));
        await b.Armed();
        b.Time.AdvanceMs(250);
        var after = await b.Link(LinkStage.Ready, 2);
        Assert.NotSame(before.Connection, after.Connection);
        Assert.False(before.Connection!.Post(new InputAudioBufferClear()));
        Assert.True(b.Session.Post(new InputAudioBufferClear()));
        Assert.Equal((2, 1), (b.Resets, b.Session.Reconnects));
    }

    [Fact]
    public async Task HangingAttempts_AreNotAConnectionThatLasted()
    {
        await using var b = new SessionBench(() => new FakeTransport { Greets = false });
        foreach (var pause in new[] { 250, 500, 1_000, 1_000 })
        {
            await b.Armed();
            var attempts = b.Connector.Attempts;
            b.Time.AdvanceMs(10_000);
            await b.Link(LinkStage.Lost, attempts);
            await b.Armed();
            b.Time.AdvanceMs(pause - 1);
            Assert.Equal(attempts, b.Connector.Attempts);
            b.Time.AdvanceMs(1);
            await b.Link(LinkStage.Connecting, attempts + 1);
        }
    }

    [Fact]
    public async Task Stop_SaysGoodbye_LeavesNothingBehind()
    {
        var transport = new FakeTransport();
        var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        await b.Stop();
        Assert.Equal((1, true, true), (transport.Closes, transport.IsDisposed, await b.Disarmed()));
        Assert.False(b.Session.Post(new InputAudioBufferClear()));
        Assert.DoesNotContain(b.Links, l => l.Stage == LinkStage.Lost);
    }

    [Fact]
    public async Task Stop_PeerDoesNotAnswer_EndsInHalfASecond()
    {
        var transport = new FakeTransport { ClosesPolitely = false };
        var b = new SessionBench(() => transport);
        await b.Link(LinkStage.Ready);
        var stopping = b.Stop();
        await b.Armed();
        Assert.False(stopping.IsCompleted);
        b.Time.AdvanceMs(500);
        await stopping;
        Assert.True(await b.Disarmed());
    }

    [Fact]
    public async Task Stop_BetweenAttemptsAndDuringTheHandshake_EndsAtOnce()
    {
        var waiting = new SessionBench(() => throw new RealtimeConnectException("no"));
        await waiting.Link(LinkStage.Lost);
        await waiting.Stop();
        var transport = new FakeTransport { Greets = false };
        var greeting = new SessionBench(() => transport);
        await greeting.Armed();
        await greeting.Stop();
        Assert.Equal((true, true, true), (await waiting.Disarmed(), await greeting.Disarmed(), transport.IsDisposed));
    }
}
