using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Playback;

public class PlaybackLoopOrdersTests
{
    [Fact]
    public void PauseResume_AtAnyMoment_LosesAndRepeatsNothing()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 20_000);
        item.MarkDone();
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            rig.Run(random.NextDouble() * 40);
            rig.Control.Pause();
            rig.Step();
            Assert.Equal(rig.Sound.Length, rig.Last(PlayedMarkKind.Paused).ItemSample);
            var heard = rig.Sound.Length;
            rig.Run(30);
            Assert.Equal(heard, rig.Sound.Length);
            rig.Control.Resume();
        }

        rig.Run(2000);
        Assert.Equal(rig.Sent, rig.Sound);
        Assert.Equal(1, rig.CountOf(PlayedMarkKind.Drained));
        Assert.Equal(0, rig.Loop.Counters.Underruns);
    }

    [Fact]
    public void Pause_WhenEverythingWasHeard_StillEndsInDrained()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 2400);
        rig.Run(110);
        rig.Control.Pause();
        rig.Step();
        Assert.Equal((item, 2400), (rig.Last(PlayedMarkKind.Paused).Item, rig.Last(PlayedMarkKind.Paused).ItemSample));
        item.MarkDone();
        rig.Control.Resume();
        rig.Run(500);
        Assert.Equal(2400, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.Equal(rig.Sent, rig.Sound);
    }

    [Fact]
    public void Pause_WhenNothingIsHeard_NamesNoItem()
    {
        var rig = new PlaybackRig();
        rig.Run(10);
        rig.Control.Pause();
        rig.Step();
        var paused = rig.Last(PlayedMarkKind.Paused);
        Assert.Null(paused.Item);
        Assert.Equal(0, paused.ItemSample);
    }

    [Fact]
    public void AudioSentWhilePaused_WhenResumed_IsHeard()
    {
        var rig = new PlaybackRig();
        rig.Control.Pause();
        rig.Run(10);
        var item = PlaybackRig.NewItem();
        rig.Say(item, 3000);
        item.MarkDone();
        rig.Run(100);
        Assert.Empty(rig.Sound);
        rig.Control.Resume();
        rig.Run(500);
        Assert.Equal(rig.Sent, rig.Sound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Flush_InMidItem_EndsSoundAtTheToldPosition(bool pausedFirst)
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        rig.Say(item, 24_000);
        rig.Run(333);
        if (pausedFirst)
        {
            rig.Control.Pause();
            rig.Run(30);
        }

        var epoch = rig.Control.Flush();
        rig.Step();
        var flushed = rig.Last(PlayedMarkKind.Flushed);
        Assert.Equal((item, epoch), (flushed.Item, flushed.Epoch));
        Assert.Equal(rig.Sound.Length, flushed.ItemSample);
        Assert.InRange(flushed.ItemSample, 7900, 8000);
        Assert.Equal(0, rig.Queues.Samples.Count);
        var next = PlaybackRig.NewItem("next");
        rig.Say(next, 1200);
        next.MarkDone();
        rig.Run(400);
        var sound = rig.Sound;
        Assert.Equal(rig.Sent[24_000..], sound[(int)flushed.ItemSample..]);
        Assert.Equal(rig.Sent[..(int)flushed.ItemSample], sound[..(int)flushed.ItemSample]);
        Assert.Equal(next, rig.Last(PlayedMarkKind.Drained).Item);
    }

    [Fact]
    public void OldEpoch_PublishedLate_IsNeverHeard()
    {
        var rig = new PlaybackRig();
        var old = PlaybackRig.NewItem("old");
        rig.Say(old, 5000);
        rig.Run(100);
        rig.Control.Flush();
        rig.Run(20);
        var heard = rig.Sound.Length;
        rig.Say(old, 5000, epoch: 0);
        rig.Say(PlaybackRig.NewItem("other old"), 700, epoch: 0);
        rig.Run(50);
        Assert.Equal(heard, rig.Sound.Length);
        Assert.Equal(0, rig.Queues.Samples.Count);
        var item = PlaybackRig.NewItem("new");
        rig.Say(item, 700);
        item.MarkDone();
        rig.Run(300);
        Assert.Equal(rig.Sent[^700..], rig.Sound[heard..]);
    }

    [Fact]
    public void NewerEpoch_SeenBeforeItsOrder_WaitsForTheFlush()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem("old"), 2400);
        var item = PlaybackRig.NewItem("new");
        rig.Say(item, 600, epoch: 1);
        item.MarkDone();
        rig.Run(150);
        Assert.Equal(2400, rig.Sound.Length);
        rig.Control.Flush();
        rig.Run(200);
        Assert.Equal(rig.Sent, rig.Sound);
        var flushed = rig.Marks.FindIndex(m => m.Kind == PlayedMarkKind.Flushed);
        Assert.True(rig.Marks.FindIndex(m => m.Item == item && m.Kind == PlayedMarkKind.Started) > flushed);
    }

    [Fact]
    public void FlushAndPause_SeenTogether_AreBothObeyed()
    {
        var rig = new PlaybackRig();
        rig.Say(PlaybackRig.NewItem(), 5000);
        rig.Run(50);
        rig.Control.Flush();
        rig.Control.Pause();
        rig.Step();
        Assert.Equal(PlayedMarkKind.Flushed, rig.Marks[^2].Kind);
        Assert.Equal((PlayedMarkKind.Paused, null), (rig.Marks[^1].Kind, rig.Marks[^1].Item));
    }

    [Fact]
    public void Gain_WhenChanged_MovesWithoutAStep()
    {
        var rig = new PlaybackRig();
        var item = PlaybackRig.NewItem();
        var flat = new short[24_000];
        Array.Fill(flat, (short)16_384);
        rig.Say(item, flat);
        rig.Run(200);
        rig.Control.SetGain(0.5f);
        rig.Run(300);
        var heard = rig.Sink.Heard;
        for (var i = 1; i < heard.Count; i++) Assert.InRange(Math.Abs(heard[i] - heard[i - 1]), 0, 0.0025f);
        Assert.Equal(0.5f, heard[4000]);
        Assert.Equal(0.25f, heard[^1], 4);
    }

    [Fact]
    public void Clip_AloneAndOverAnAnswer_IsMixedAndAnswerDucked()
    {
        var clip = new float[2400];
        Array.Fill(clip, 0.25f);
        var rig = new PlaybackRig(null, null, new SoundClip(clip));
        rig.Run(5);
        rig.Queues.Clips.TryWrite(7);
        rig.Queues.Clips.TryWrite(0);
        rig.Loop.Wake();
        rig.Run(500);
        Assert.Equal(2400, rig.Sound.Length);
        Assert.Empty(rig.Marks);
        Assert.False(rig.Sink.IsRunning);

        var item = PlaybackRig.NewItem();
        var flat = new short[12_000];
        Array.Fill(flat, (short)16_384);
        rig.Say(item, flat);
        item.MarkDone();
        rig.Run(100);
        var before = rig.Sink.Heard.Count;
        rig.Queues.Clips.TryWrite(0);
        rig.Run(90);
        Assert.Equal((0.5f * 0.25f) + 0.25f, rig.Sink.Heard[^1], 4);
        rig.Run(100);
        Assert.Equal(0.5f, rig.Sink.Heard[^1], 4);
        rig.Run(500);
        Assert.Equal(12_000, rig.Last(PlayedMarkKind.Drained).ItemSample);
        Assert.True(before > 0);
    }

    [Fact]
    public void Clip_WhenPaused_GoesOnWhereItStopped()
    {
        var clip = Enumerable.Range(1, 4800).Select(i => i / 32768f).ToArray();
        var rig = new PlaybackRig(null, null, new SoundClip(clip));
        rig.Queues.Clips.TryWrite(0);
        rig.Run(123);
        rig.Control.Pause();
        rig.Run(30);
        rig.Control.Resume();
        rig.Run(23);
        rig.Control.Pause();
        rig.Run(30);
        rig.Control.Resume();
        rig.Run(600);
        Assert.Equal(Enumerable.Range(1, 4800).Select(i => (short)i), rig.Sound);
    }
}
