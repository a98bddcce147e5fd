using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Playback;

namespace EdgeVoice.Tests.Playback;

public class PlaybackLoopTests
{
    [Fact]
    public void FirstSample_FromIdle_LeavesAtOnceAndBufferIsFilled()
    {
        var rig = new PlaybackRig();
        rig.Run(50);
        var published = rig.Time.NowNs;
        rig.Say(PlaybackRig.NewItem(), 5000);
        rig.Time.LimitNs = published;
        rig.Step();
        Assert.Equal(published, Assert.Single(rig.Sink.StartNs));
        Assert.Equal(0, rig.Sink.Writable);
        Assert.Equal(PlaybackDeviceState.Running, rig.Control.Status.State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(239)]
    [InlineData(24_001)]
    public void Sound_AtFullVolume_IsBitExact(int samples)
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, samples);
        item.MarkDone();
        rig.Run(samples / 24.0 + 500);
        Assert.Equal(rig.Sent, rig.Sound);
        Assert.Equal(0, rig.Loop.Counters.Xruns);
        Assert.Equal(0, rig.Loop.Counters.Underruns);
    }

    [Fact]
    public void Sound_WhenCardTakesFewAtATime_IsStillExact()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Run(1);
        rig.Sink.MostAtOnce = 7;
        rig.Say(item, 5000);
        item.MarkDone();
        rig.Run(600);
        Assert.Equal(rig.Sent, rig.Sound);
    }

    [Fact]
    public void Answer_HeardToItsEnd_IsToldOnceAndCardStops()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 4800);
        item.MarkDone();
        rig.Run(199);
        Assert.Equal(0, rig.CountOf(PlayedMarkKind.Drained));
        rig.Run(30);
        Assert.Equal(1, rig.CountOf(PlayedMarkKind.Drained));
        Assert.True(rig.Sink.IsRunning);
        rig.Run(1000);
        Assert.Equal(1, rig.CountOf(PlayedMarkKind.Drained));
        Assert.False(rig.Sink.IsRunning);
        var drained = rig.Last(PlayedMarkKind.Drained);
        Assert.Equal((item, 4800, 4800), (drained.Item, drained.ItemSample, drained.CardFrame));
        Assert.Equal(PlaybackDeviceState.Stopped, rig.Control.Status.State);
    }

    [Fact]
    public void Started_Always_NamesFrameAndTimeOfFirstSample()
    {
        var rig = new PlaybackRig();
        rig.Run(20);
        var published = rig.Time.NowNs;
        rig.Say(PlaybackRig.NewItem(), 2400);
        rig.Run(15);
        var started = rig.Last(PlayedMarkKind.Started);
        Assert.Equal((0, 0, published), (started.ItemSample, started.CardFrame, started.TimeNs));
    }

    [Fact]
    public void Items_SideBySide_AreToldWithFinalCountBeforeNextStarts()
    {
        var rig = new PlaybackRig();
        AudioItem[] items = [PlaybackRig.NewItem("a"), PlaybackRig.NewItem("b"), PlaybackRig.NewItem("c")];
        rig.Say(items[0], 3001);
        rig.Say(items[1], 17);
        rig.Say(items[2], 3002);
        foreach (var item in items) item.MarkDone();
        rig.Run(1000);
        Assert.Equal(rig.Sent, rig.Sound);
        Assert.Equal([0, 3001, 3018], rig.Marks.Where(m => m.Kind == PlayedMarkKind.Started).Select(m => m.CardFrame));
        for (var i = 1; i < items.Length; i++)
        {
            var at = rig.Marks.FindIndex(m => m.Kind == PlayedMarkKind.Started && m.Item == items[i]);
            var before = rig.Marks[at - 1];
            Assert.Equal((PlayedMarkKind.Progress, items[i - 1], items[i - 1].KeptSamples), (before.Kind, before.Item, before.ItemSample));
        }
    }

    [Fact]
    public void Progress_WhileItPlays_ComesEveryPeriodAndNeverGoesBack()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem(), 24_000);
        rig.Run(500);
        var counts = rig.Marks.Where(m => m.Kind == PlayedMarkKind.Progress).Select(m => m.ItemSample).ToArray();
        Assert.InRange(counts.Length, 48, 52);
        Assert.Equal(counts.Order(), counts);
        Assert.InRange(counts[^1], 11_500, 12_000);
    }

    [Fact]
    public void Underrun_InMidItem_IsToldAndSilenceIsNotCounted()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 2400);
        rig.Run(150);
        Assert.Equal(1, rig.Loop.Counters.Underruns);
        Assert.Equal(2400, rig.Last(PlayedMarkKind.Underrun).ItemSample);
        rig.Say(item, 2400);
        item.MarkDone();
        rig.Run(600);
        Assert.Equal(rig.Sent, rig.Sound);
        var started = rig.Last(PlayedMarkKind.Started);
        Assert.Equal(2400, started.ItemSample);
        Assert.True(started.CardFrame > 2400);
        Assert.Equal(rig.Sent[2400], (short)MathF.Round(rig.Sink.Heard[(int)started.CardFrame] * 32768));
        Assert.Equal(4800, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.Equal((1, 0), (rig.Loop.Counters.Underruns, rig.Loop.Counters.Xruns));
    }

    [Fact]
    public void Item_ThatNeverEnds_IsGivenUpAndGoesOnLater()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 1000);
        rig.Run(600);
        Assert.False(rig.Sink.IsRunning);
        Assert.Equal(1, rig.CountOf(PlayedMarkKind.Drained));
        rig.Say(item, 1000);
        item.MarkDone();
        rig.Run(600);
        Assert.Equal(rig.Sent, rig.Sound);
        Assert.Equal(1000, rig.Last(PlayedMarkKind.Started).ItemSample);
        Assert.Equal(2, rig.CountOf(PlayedMarkKind.Drained));
    }

    [Fact]
    public void RingSpace_WhilePlaying_IsGivenBackOnlyWhenHeard()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 12_000);
        for (var i = 0; i < 100; i++)
        {
            rig.Run(5);
            Assert.InRange(rig.Sound.Length - rig.Queues.Samples.ReleasedPosition, 0, 480);
        }

        item.MarkDone();
        rig.Run(300);
        Assert.Equal(0, rig.Queues.Samples.Count);
    }

    [Fact]
    public void SamplesWithoutSegment_WhenPublished_AreSkipped()
    {
        var rig = new PlaybackRig();
        rig.Queues.Samples.Write(new short[100]);
        var item = PlaybackRig.NewItem();
        rig.Say(item, 500);
        item.MarkDone();
        rig.Run(400);
        Assert.Equal(rig.Sent, rig.Sound);
    }

    [Fact]
    public void Marks_NearlyFull_LoseProgressOnly()
    {
        var rig = new PlaybackRig(queues: new PlaybackQueues(1 << 16, 16, 16, 1 << 12));
        var items = new[] { PlaybackRig.NewItem("a"), PlaybackRig.NewItem("b") };
        foreach (var item in items) rig.Say(item, 24_000);
        foreach (var item in items) item.MarkDone();
        rig.Time.LimitNs = rig.Time.NowNs + 2_500_000_000;
        while (rig.Time.NowNs < rig.Time.LimitNs) rig.Loop.Step();
        var marks = new List<PlayedMark>();
        while (rig.Queues.Marks.TryRead(out var mark)) marks.Add(mark);
        var news = marks.Where(m => m.Kind != PlayedMarkKind.Progress).Select(m => (m.Kind, m.Item!.ItemId));
        Assert.Equal([(PlayedMarkKind.Started, "a"), (PlayedMarkKind.Started, "b"), (PlayedMarkKind.Drained, "b")], news);
        Assert.Contains(marks, m => m.Item == items[0] && m.ItemSample == 24_000);
        Assert.Equal(0, rig.Loop.Counters.DroppedMarks);
        Assert.True(rig.Loop.Counters.DroppedReference > 0);
    }

    [Fact]
    public void Reference_WhilePlaying_IsWhatReachesTheCardAndWhen()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 6000);
        item.MarkDone();
        rig.Run(200);
        var blocks = rig.ReadReference();
        var frame = 0L;
        var start = rig.Sink.StartNs[0];
        foreach (var (header, _) in blocks)
        {
            Assert.Equal(frame, header.Frame);
            Assert.InRange(header.TimeNs - (start + header.Frame * 1_000_000_000L / 24_000), -42_000, 42_000);
            frame += header.Count;
        }

        Assert.Equal(rig.Sent.Take((int)frame), blocks.SelectMany(b => b.Samples));
    }

    [Fact]
    public void Reference_AfterAStop_SaysWhereSoundEnded()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem(), 6000);
        rig.Run(100);
        rig.Control.Pause();
        rig.Step();
        var (header, samples) = rig.ReadReference()[^1];
        Assert.Equal(PlaybackQueues.ReferenceCutFlag, header.Flags);
        Assert.Equal(rig.Sink.Heard.Count, header.Frame);
        Assert.Empty(samples);
    }
}
