using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Tests.Uplink;

public sealed class AudioUplinkTurnTests
{
    [Theory]
    [InlineData(24_000, 0)]
    [InlineData(24_000, 7)]
    [InlineData(16_000, 319)]
    [InlineData(8_000, 80)]
    public void Turn_FromAndTo_AreExactToTheSample(int rate, int offset)
    {
        var b = new UplinkBench(new UplinkOptions(rate));
        var wire = b.Connect();
        b.Capture(1_000);
        var edge = b.Frames - b.Options.Samples(20) + offset;
        b.Open(1, edge).Capture(500);
        var release = b.Frames - b.Options.Samples(20) + offset;
        b.Close(1, release).Capture(400);
        Assert.Equal(UplinkBench.Expected(edge - b.Options.Samples(300), release + b.Options.Samples(300)), wire.Samples(0));
        Assert.Equal("append commit create(1)", wire.Words);
        Assert.Equal(["speech:1", "first:1", "Asked:1"], b.Heard);
    }

    [Fact]
    public void Turn_EdgeAheadOfTheLastBlock_StartsWhereItShould()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(1_000).Silence(13);
        var edge = b.Frames + b.Options.Samples(13);
        b.Open(1, edge).Capture(200).Close(1).Capture(320);
        Assert.Equal(UplinkBench.SampleAt(edge - b.Options.Samples(300), true), wire.Samples(0)[0]);
    }

    [Fact]
    public void Turn_EdgeInTheThirdDayOfUptime_IsStillExact()
    {
        var b = new UplinkBench(new UplinkOptions(8_000));
        b.Time.AdvanceNs(1_300_000_000_000_000);
        var wire = b.Connect();
        b.Uplink.Open(1, b.Time.GetTimestamp(), true);
        b.Pump();
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public void Idle_NothingLeavesTheDevice()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(5_000);
        Assert.Empty(wire.Sent);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(100)]
    public void Appends_AreWholeChunksButTheLast(int chunkMs)
    {
        var b = new UplinkBench(new UplinkOptions(24_000, ChunkMs: chunkMs), blockMs: 10);
        var wire = b.Connect();
        b.Capture(500).Open(1).Capture(330).Close(1).Capture(310);
        Assert.All(wire.Chunks.SkipLast(1), c => Assert.Equal(chunkMs * 48, c.Length));
        Assert.Equal((300 + 330 + 300) * 48, wire.Chunks.Sum(c => c.Length));
    }

    [Theory]
    [InlineData(AudioCoding.MuLaw)]
    [InlineData(AudioCoding.ALaw)]
    public void G711_IsOneByteASample(AudioCoding coding)
    {
        var b = new UplinkBench(new UplinkOptions(8_000, coding));
        var wire = b.Connect();
        b.Capture(400);
        var from = b.Frames - 2_400;
        b.Say(1);
        var samples = UplinkBench.Expected(from, from + wire.Turns[0].Count);
        var expected = new byte[samples.Length];
        if (coding == AudioCoding.MuLaw) G711.EncodeMuLaw(samples, expected);
        else G711.EncodeALaw(samples, expected);
        Assert.Equal((300 + 400 + 300) * 8, expected.Length);
        Assert.Equal(expected, wire.Turns[0]);
    }

    [Fact]
    public void Abandon_ClearsWhatWasAppended_AndOnlyThat()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(500).Open(1).Capture(100).Uplink.Abandon(1);
        b.Pump();
        Assert.Equal("append clear", wire.Words);
        b.Disconnect().Open(2).Capture(100).Uplink.Abandon(2);
        b.Pump();
        Assert.Equal("", b.Connect().Words);
        Assert.Equal(["speech:1", "first:1", "speech:2"], b.Heard);
    }

    [Fact]
    public void Abandon_AfterItsCommit_ClearsNothing()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(500).Say(1).Uplink.Abandon(1);
        b.Pump();
        Assert.Equal("append commit create(1)", wire.Words);
    }

    [Fact]
    public void Abandon_ByAGlitchInTheTailOfATurn_ThatTurnIsStillAskedFor()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(500).Open(1).Capture(400).Close(1).Capture(100).Open(2).Capture(20);
        Assert.Equal("append commit append", wire.Words);
        b.Uplink.CommitTaken();
        b.Uplink.Abandon(2);
        b.Pump();
        Assert.Equal("append commit append clear create(1)", wire.Words);
        Assert.Contains("Asked:1", b.Heard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OwnSound_InAnEmptyHold_IsSentAndIsNoSpeech(bool told)
    {
        var b = new UplinkBench(loud: false);
        b.Connect();
        b.Capture(500).Open(1);
        var now = b.Time.GetTimestamp();
        if (told) b.Uplink.OwnSound(now, now + 300_000_000);
        b.IsLoud = true;
        b.Capture(300);
        b.IsLoud = false;
        b.Capture(300).Close(1, requireSpeech: true).Capture(400);
        Assert.Equal(told, b.Heard.Contains("NothingHeard:1"));
        Assert.Contains("first:1", b.Heard);
    }

    [Fact]
    public void OwnSound_ThatWasSpokenThrough_LeavesTheSpeech()
    {
        var b = new UplinkBench(loud: false);
        b.Connect();
        b.Capture(500).Open(1);
        var now = b.Time.GetTimestamp();
        b.Uplink.OwnSound(now, now + 300_000_000);
        b.IsLoud = true;
        b.Capture(500);
        b.Close(1, requireSpeech: true).Capture(400);
        Assert.DoesNotContain("NothingHeard:1", b.Heard);
    }

    [Fact]
    public void NothingHeard_IsTakenBack()
    {
        var b = new UplinkBench(loud: false);
        var wire = b.Connect();
        b.Capture(500).Say(1, requireSpeech: true);
        Assert.Equal("append clear", wire.Words);
        Assert.Equal(["first:1", "NothingHeard:1"], b.Heard);
        b.Open(2).Capture(400).Close(2, requireSpeech: false).Capture(320);
        Assert.Equal("append clear append commit create(2)", wire.Words);
    }

    [Fact]
    public void TooShort_IsTakenBack()
    {
        // A microphone that has only just come up: no history, and it dies after 60 ms.
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Open(1).Capture(60).Close(1, requireSpeech: false).Silence(801);
        Assert.Equal("TooShort:1", b.Heard[^1]);
        Assert.DoesNotContain("commit", wire.Words);
    }

    [Fact]
    public void Close_LaterThanItsTail_EndsWhereItShould()
    {
        var b = new UplinkBench();
        b.Capture(500);
        var edge = b.Frames;
        b.Open(1).Capture(900).Close(1, edge + 9_600);
        Assert.Equal(UplinkBench.Expected(edge - 7_200, edge + 9_600 + 7_200), b.Connect().Samples(0));
    }

    [Fact]
    public void DeadMicrophone_ReleasedTurnEndsHalfASecondAfterItsTail()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(500).Open(1).Capture(400).Close(1).Silence(800);
        Assert.Equal("append", wire.Words);
        b.Silence(1);
        Assert.Equal("append commit create(1)", wire.Words);
        Assert.Equal(UplinkBench.Expected(b.Frames - 700 * 24, b.Frames), wire.Samples(0));
    }

    [Fact]
    public void NewPress_InTheTail_LosesNothing()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(500).Open(1).Capture(400).Close(1).Capture(100);
        var edge = b.Frames;
        b.Open(2).Capture(400).Close(2).Capture(320);
        Assert.Equal("append commit append commit create(2)", wire.Words);
        Assert.Equal(UplinkBench.SampleAt(edge - 1, true), wire.Samples(0)[^1]);
        Assert.Equal(UplinkBench.SampleAt(edge - 7_200, true), wire.Samples(1)[0]);
    }

    [Fact]
    public void Silence_AfterSpeech_IsToldOnceForEachSpeech()
    {
        var b = new UplinkBench(new UplinkOptions(24_000, SilenceMs: 500), loud: false);
        b.Capture(500).Open(1).Capture(1_000);
        Assert.DoesNotContain("silence:1", b.Heard);
        b.IsLoud = true;
        b.Capture(300).IsLoud = false;
        b.Capture(480);
        Assert.DoesNotContain("silence:1", b.Heard);
        b.Capture(1_000).IsLoud = true;
        b.Capture(200).IsLoud = false;
        b.Capture(1_000);
        Assert.Equal(2, b.Heard.Count(h => h == "silence:1"));
        Assert.Single(b.Heard, "speech:1");
    }

    [Fact]
    public void Forget_NothingOfBeforeReachesALaterTurn()
    {
        var b = new UplinkBench();
        var wire = b.Connect();
        b.Capture(500).Uplink.Forget();
        b.Pump();
        Assert.Equal(0, b.Uplink.Level);
        b.IsLoud = false;
        var from = b.Frames;
        b.Open(1).Capture(400).Close(1, requireSpeech: false).Capture(320);
        Assert.Equal(UplinkBench.Expected(from, from + 700 * 24, loud: false), wire.Samples(0));
        Assert.DoesNotContain("speech:1", b.Heard);
    }

    [Fact]
    public void Level_FollowsTheMicrophone()
    {
        var b = new UplinkBench(loud: false);
        b.Capture(500);
        var quiet = b.Uplink.Level;
        b.IsLoud = true;
        b.Capture(200);
        Assert.InRange(b.Uplink.Level, quiet + 0.2f, 1f);
        Assert.Equal(700 * 24, b.Uplink.CapturedSamples);
    }

    [Fact]
    public void Append_AllocatesNothing()
    {
        var b = new UplinkBench(new UplinkOptions(24_000, SilenceMs: 100_000), blockMs: 10);
        long bytes = 0;
        b.Uplink.Attach(message =>
        {
            bytes += message.Length;
            return new ValueTask<bool>(true);
        });
        b.Capture(500).Open(1).Capture(2_000);
        for (var i = 0; i < 100; i++) b.CaptureStill();
        bytes = 0;
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 500; i++) b.CaptureStill();
        Assert.Equal(0, ThreadAllocations.Since(before));
        Assert.InRange(bytes, 5_000 * 64, 5_000 * 70);
    }

    [Fact]
    public async Task Run_RealLoop_SendsAndStops()
    {
        var ring = new BlockRing(1 << 18);
        var b = new UplinkBench();
        using var uplink = new AudioUplink(ring, new UplinkOptions(24_000), b, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var wire = new UplinkBench.Wire(AudioCoding.Pcm16);
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = uplink.RunAsync(stop.Token);
        uplink.Attach(async message =>
        {
            await Task.Yield();
            await wire.Send(message);
            if (wire.Words.EndsWith("create(1)", StringComparison.Ordinal)) sent.TrySetResult();
            return true;
        });
        var ns = Core.Diagnostics.MonotonicClock.NowNs(TimeProvider.System);
        ring.TryWrite(0, ns - 400_000_000, UplinkBench.Expected(0, 9_600));
        uplink.Open(1, ns, stream: false);
        uplink.Close(1, ns, respond: true, requireSpeech: false);
        ring.TryWrite(9_600, ns, UplinkBench.Expected(0, 9_600));
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(600 * 24, wire.Samples(0).Length);
    }
}
