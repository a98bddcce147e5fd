using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Playback;

namespace EdgeVoice.Tests.Playback;

public class PlaybackLoopDeviceTests
{
    private static readonly AudioStreamFormat Stereo48 = new(48_000, 2, 480, 1440);

    [Fact]
    public async Task Reopen_WhileAnAnswerSounds_WaitsForItsEnd()
    {
        var rig = new PlaybackRig();
        rig.Run(10);
        var item = PlaybackRig.NewItem();
        rig.Say(item, 4_800);
        rig.Run(50);
        var reopened = rig.Loop.ReopenAsync();
        rig.Run(50);
        Assert.False(reopened.IsCompleted);
        rig.Run(800);
        Assert.Null(await reopened);
        Assert.Equal(2, rig.Sinks.Count);
        Assert.True(rig.Sinks[0].IsDisposed);
        Assert.Equal(rig.Sent, rig.Sound);
        rig.Say(PlaybackRig.NewItem("item_2"), 2_400);
        rig.Run(500);
        Assert.Equal(rig.Sent, rig.Sound);
    }

    [Fact]
    public async Task Reopen_NotThere_TellsWhy()
    {
        var rig = new PlaybackRig();
        rig.Run(10);
        rig.IsMissing = true;
        var reopened = rig.Loop.ReopenAsync();
        rig.Run(10);
        Assert.Equal("no fake loudspeaker", await reopened);
    }

    [Fact]
    public void MissingDevice_WhenItComes_PlaysWhatWaited()
    {
        var rig = new PlaybackRig { IsMissing = true };
        rig.Run(10);
        Assert.Equal(PlaybackDeviceState.Missing, rig.Control.Status.State);
        var item = PlaybackRig.NewItem();
        rig.Say(item, 3000);
        item.MarkDone();
        rig.Queues.Clips.TryWrite(0);
        rig.Run(2000);
        rig.IsMissing = false;
        rig.Run(1100);
        Assert.Single(rig.Sinks);
        rig.Run(300);
        Assert.Equal(rig.Sent, rig.Sound);
        Assert.Equal(0, rig.Queues.Clips.Count);
        Assert.Equal(new PlaybackStatus(PlaybackDeviceState.Stopped, 24_000, 240, 720), rig.Control.Status);
    }

    [Fact]
    public void MissingDevice_WhenFlushed_AnswersAndDropsTheOld()
    {
        var rig = new PlaybackRig { IsMissing = true };
        rig.Say(PlaybackRig.NewItem(), 3000);
        rig.Run(10);
        var epoch = rig.Control.Flush();
        rig.Step();
        Assert.Equal((null, epoch), (rig.Last(PlayedMarkKind.Flushed).Item, rig.Last(PlayedMarkKind.Flushed).Epoch));
        Assert.Equal(0, rig.Queues.Samples.Count);
        rig.IsMissing = false;
        rig.Run(1500);
        Assert.Empty(rig.Sound);
    }

    [Fact]
    public void LostDevice_WhenItReturns_GoesOnWithTheFirstUnheardSample()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 12_000);
        item.MarkDone();
        rig.Run(205);
        var first = rig.Sink;
        first.IsLost = true;
        rig.Run(20);
        Assert.True(first.IsDisposed);
        Assert.Equal(PlaybackDeviceState.Missing, rig.Control.Status.State);
        Assert.Equal(1, rig.Loop.Counters.Losses);
        rig.Run(2000);
        Assert.Equal(2, rig.Sinks.Count);
        // What the lost card was last known to have played; it may have played a period more.
        var known = rig.Marks.Last(m => m.Kind == PlayedMarkKind.Started).ItemSample;
        Assert.InRange(first.Heard.Count - known, 0, 480);
        Assert.Equal(rig.Sent[(int)known..], rig.Sound[first.Heard.Count..]);
        Assert.Equal(12_000, rig.Last(PlayedMarkKind.Drained).ItemSample);
        var frames = rig.Marks.Select(m => m.CardFrame).ToArray();
        Assert.Equal(frames.Order(), frames);
    }

    [Fact]
    public void Starved_WhenTheThreadIsLate_CountsAnXrunAndGoesOn()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 6000);
        item.MarkDone();
        rig.Run(100);
        rig.Time.LimitNs = long.MaxValue;
        rig.Time.MoveTo(rig.Time.NowNs + 80_000_000);
        rig.Run(600);
        Assert.Equal(rig.Sent, rig.Sound);
        Assert.True(rig.Loop.Counters.Xruns <= 1);
        Assert.True(rig.Loop.Counters.WakeLatenessMaxNs >= 0);
        Assert.Equal(6000, rig.Last(PlayedMarkKind.Drained).ItemSample);
    }

    [Fact]
    public void OtherRateAndChannels_WhenPlayed_CountSessionSamples()
    {
        var rig = new PlaybackRig(Stereo48);
        var item = PlaybackRig.NewItem();
        var tone = Tone(12_000);
        rig.Say(item, tone);
        item.MarkDone();
        rig.Run(1000);
        Assert.Equal(12_000, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.Equal(0, rig.Loop.Counters.Underruns);
        var heard = rig.Sink.Heard;
        for (var i = 0; i < heard.Count; i += 2) Assert.Equal(heard[i], heard[i + 1]);
        // Started says at which card frame an item's sample sounds, the filter's delay taken off.
        var start = (int)rig.Last(PlayedMarkKind.Started).CardFrame;
        for (var n = 500; n < 11_500; n++)
            Assert.InRange(heard[2 * (start + 2 * n)] - tone[n] / 32768f, -0.001f, 0.001f);
    }

    [Fact]
    public void OtherRate_PausedOften_GoesOnWithinASample()
    {
        var rig = new PlaybackRig(Stereo48);
        var item = PlaybackRig.NewItem();
        rig.Say(item, Tone(24_000));
        item.MarkDone();
        var random = new Random(3);
        for (var i = 0; i < 10; i++)
        {
            rig.Run(20 + random.NextDouble() * 40);
            rig.Control.Pause();
            rig.Step();
            var paused = rig.Last(PlayedMarkKind.Paused);
            rig.Control.Resume();
            rig.Run(15);
            Assert.Equal(paused.ItemSample, rig.Last(PlayedMarkKind.Started).ItemSample);
        }

        rig.Run(1500);
        Assert.Equal(24_000, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.InRange(rig.Sink.Heard.Count / 2, 48_000, 48_000 + 30_000);
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(16_000)]
    public void OddRatio_WhenPlayedToTheEnd_CountsEverySample(int rate)
    {
        var rig = new PlaybackRig(new AudioStreamFormat(rate, 1, rate / 100, rate * 3 / 100));
        var item = PlaybackRig.NewItem();
        rig.Say(item, Tone(10_007));
        item.MarkDone();
        rig.Run(1000);
        Assert.Equal(10_007, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.Equal(0, rig.Loop.Counters.Xruns);
    }

    [Fact]
    public void Constructor_ForAnAbsurdRate_Refuses() => Assert.Throws<ArgumentOutOfRangeException>(() => new PlaybackLoop(
        () => throw new AudioDeviceException("none"), new PlaybackQueues(16, 2, 16, 1024, 2), new PlaybackControl(), 0, null,
        TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<PlaybackLoop>.Instance));

    private static short[] Tone(int count) =>
        [.. Enumerable.Range(0, count).Select(n => (short)(10_000 * Math.Sin(2 * Math.PI * 440 * n / 24_000)))];

    [Fact]
    public void StuckDevice_For2Seconds_IsReopenedAndGoesOnWithTheFirstUnheardSample()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 12_000);
        item.MarkDone();
        rig.Run(205);
        rig.Sink.IsStuck = true;
        rig.Run(1900);
        Assert.False(rig.Sink.IsDisposed);
        rig.Run(400);
        Assert.True(rig.Sinks[0].IsDisposed);
        Assert.Equal((PlaybackDeviceState.Missing, "its position has stood still for 2 s"), (rig.Control.Status.State, rig.Control.Problem));
        rig.Run(2500);
        Assert.Equal(2, rig.Sinks.Count);
        // A card that hangs is noticed by its clock: the few frames it was trusted for are the most that may be missing.
        Assert.InRange(rig.Sent.Count - rig.Sound.Length, 0, 24_000 * 4 / 1000 + 2);
        Assert.Equal(rig.Sent[^6000..], rig.Sound[^6000..]);
    }

    [Fact]
    public void Paused_ForLong_IsNotStuck()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem(), 12_000);
        rig.Run(100);
        rig.Control.Pause();
        rig.Run(10_000);
        rig.Control.Resume();
        rig.Run(100);
        Assert.Single(rig.Sinks);
    }

    [Fact]
    public void Problem_IsToldOnceWhenItComesAndOnceWhenItGoes()
    {
        var rig = new PlaybackRig { IsMissing = true };
        List<string?> told = [];
        rig.Control.ProblemChanged += told.Add;
        rig.Run(3_000);
        rig.IsMissing = false;
        rig.Run(1_500);
        Assert.Equal(["no fake loudspeaker", null], told);
        rig.Sink.IsLost = true;
        rig.Run(2_500);
        Assert.Equal(["no fake loudspeaker", null, "the device has gone", null], told);
    }

    [Fact]
    public void Retry_OpensAtOnceAndNotOnlyAfterASecond()
    {
        var rig = new PlaybackRig { IsMissing = true };
        rig.Run(10);
        rig.IsMissing = false;
        rig.Loop.Step();
        Assert.Empty(rig.Sinks);
        rig.Loop.Retry();
        rig.Loop.Step();
        Assert.Single(rig.Sinks);
    }

    [Fact]
    public void JitteringCard_HeardNeverGoesBackAndStaysNearTheTruth()
    {
        var random = new Random(1);
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 48_000);
        item.MarkDone();
        rig.Run(5);
        rig.Sink.Jitter = () => random.Next(-48, 49);
        var (before, worst) = (0L, 0L);
        for (var i = 0; i < 150; i++)
        {
            rig.Run(10);
            var heard = rig.Marks[^1].ItemSample;
            Assert.True(heard >= before, "heard went back");
            if (i > 30) worst = Math.Max(worst, Math.Abs(heard - rig.Sink.Heard.Count));
            before = heard;
        }

        // A period between two looks, and under a millisecond of what is left of 2 ms of jitter.
        Assert.InRange(worst, 0, 240 + 24);
        rig.Run(1_500);
        Assert.Equal(48_000, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.Equal(rig.Sent, rig.Sound);
    }

    [Fact]
    public void CardThatEndsBeforeItsOwnPosition_NextAnswerIsCountedFromItsFirstSample()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem(), 12_000);
        rig.Run(50);
        // For a moment it claims to be 10 ms further than it is.
        rig.Sink.Jitter = () => -240;
        rig.Control.Flush();
        rig.Run(10);
        rig.Sink.Jitter = () => 0;
        var before = rig.Sink.Heard.Count;
        rig.Say(PlaybackRig.NewItem(), 12_000);
        rig.Run(100);
        rig.Control.Flush();
        rig.Run(10);
        Assert.Equal(rig.Sink.Heard.Count - before, rig.Last(PlayedMarkKind.Flushed).ItemSample);
    }

    [Fact]
    public void Xrun_IsToldToTheEchoReference()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem(), 12_000);
        rig.Run(50);
        rig.ReadReference();
        // The thread is late by more than the card holds.
        rig.Time.LimitNs = long.MaxValue;
        rig.Time.MoveTo(rig.Time.NowNs + 100_000_000);
        rig.Run(50);
        Assert.Equal(1, rig.Loop.Counters.Xruns);
        Assert.Single(rig.ReadReference(), r => r.Header.Flags == PlaybackQueues.ReferenceXrunFlag && r.Samples.Length == 0);
    }

    [Fact]
    public void Depth_OfTheBufferIsKnown()
    {
        var rig = new PlaybackRig();
        Assert.Null(rig.Loop.Counters.ShallowestMs);
        rig.Say(PlaybackRig.NewItem(), 12_000);
        rig.Run(300);
        Assert.InRange(rig.Loop.Counters.ShallowestMs!.Value, 9, 21);
        Assert.InRange(rig.Loop.Counters.DeepestMs!.Value, 20, 30);
    }

    [Fact]
    public void QuietVolume_IsDitheredFullVolumeIsNot()
    {
        var rig = new PlaybackRig();
        rig.Control.SetGain(0.25f);
        rig.Say(PlaybackRig.NewItem(), Enumerable.Repeat((short)2, 24_000).ToArray());
        rig.Run(900);
        // Half a step: without dither it would be all zeros or all ones.
        var steps = rig.Sink.Heard[2_400..].ConvertAll(x => (int)MathF.Round(x * 32768));
        Assert.InRange(steps.Average(), 0.45, 0.55);
        Assert.Equal([0, 1], steps.Distinct().Order().Take(2));
    }
}
