using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Capture;

public class CaptureLoopTests
{
    [Fact]
    public void Step_SameRate_SamplesFramesAndTimesAreExact()
    {
        using var rig = new CaptureRig();
        rig.Run(3);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(rig.Read(out var header, out var samples));
            Assert.Equal(new BlockHeader(i * 240, rig.Source!.FirstNs + i * 10_000_000, 240, i == 0 ? 1 : 0), header);
            Assert.Equal(Enumerable.Range(i * 240, 240).Select(n => (short)(n % 1000)), samples);
        }

        Assert.False(rig.Read(out _, out _));
        Assert.Equal(3, rig.Loop.Periods);
        Assert.Equal(CaptureStatus.Open, rig.Control.Status);
    }

    [Theory]
    [InlineData(48_000, 24_000)]
    [InlineData(44_100, 24_000)]
    [InlineData(16_000, 24_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(48_000, 8_000)]
    public void Step_OtherRate_ImpulseKeepsItsPlaceAndTime(int card, int session)
    {
        using var rig = new CaptureRig(session, cardRate: card);
        var impulse = card / 10;
        rig.Open = () => new FakeSource(rig.Time, card) { Sample = (frame, _) => frame == impulse ? 0.9f : 0 };
        rig.Run(20);
        var (peak, peakNs, peakFrame) = (0, 0.0, 0.0);
        while (rig.Read(out var header, out var samples))
            for (var i = 0; i < samples.Length; i++)
            {
                if (Math.Abs((int)samples[i]) <= peak) continue;
                peak = Math.Abs((int)samples[i]);
                peakNs = header.TimeNs + i * 1e9 / session;
                peakFrame = header.Frame + (double)i * card / session;
            }

        Assert.InRange(peakNs - rig.Source!.FirstNs, 100e6 - 0.51e9 / session, 100e6 + 0.51e9 / session);
        Assert.InRange(peakFrame - impulse, -1.01 * card / session, 1.01 * card / session);
    }

    [Fact]
    public void Step_OtherRate_BlocksFollowEachOtherForLong()
    {
        using var rig = new CaptureRig(cardRate: 44_100);
        long? next = null;
        rig.Run(1);
        for (var i = 0; i < 3000; i++)
        {
            while (rig.Read(out var header, out _))
            {
                if (next is not null) Assert.InRange(header.TimeNs - next.Value, -50, 50);
                next = header.TimeNs + header.Count * 1_000_000_000L / 24_000;
            }

            rig.Run(1);
        }
    }

    [Fact]
    public void Step_Channel_PicksIt()
    {
        using var rig = new CaptureRig(channel: 1, channels: 2);
        rig.Run(1);
        rig.Read(out _, out var samples);
        Assert.Equal(10_007, samples[7]);
    }

    [Fact]
    public void Step_NoSuchChannel_MixesAllAndSaysSo()
    {
        using var rig = new CaptureRig(channel: 2, channels: 2);
        rig.Run(1);
        rig.Read(out _, out var samples);
        Assert.Equal(5007, samples[7]);
        Assert.Contains("channel", Assert.Single(rig.Log), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_ManyPeriodsAtOnce_NoBlockOver100Ms()
    {
        using var rig = new CaptureRig(8_000, cardRate: 48_000);
        rig.Loop.Step(0);
        rig.Source!.PeriodsPerRead = 35;
        rig.Run(1);
        var total = 0;
        while (rig.Read(out var header, out _))
        {
            Assert.InRange(header.Count, 1, 800);
            total += header.Count;
        }

        Assert.Equal(2800, total);
    }

    [Fact]
    public void Step_RingFull_DropsCountsAndFlagsTheNext()
    {
        using var rig = new CaptureRig(ring: 512);
        rig.Run(4);
        Assert.Equal(2 * 240, rig.Loop.DroppedFrames);
        Assert.Equal([1, 0], Flags(rig));
        rig.Run(1);
        rig.Read(out var after, out _);
        Assert.Equal((4 * 240, CaptureLoop.Discontinuity), (after.Frame, after.Flags));
    }

    [Fact]
    public void Step_Xrun_CountedAndNextBlockFlagged()
    {
        using var rig = new CaptureRig(cardRate: 48_000);
        rig.Run(2);
        rig.Source!.Skip(4800);
        rig.Source.Queue(AudioWait.Xrun);
        rig.Loop.Step(0);
        rig.Run(1);
        Assert.Equal([1, 0, 1, 0], Flags(rig));
        Assert.Equal(1, rig.Loop.Xruns);
    }

    [Fact]
    public void Step_FramesMissingWithoutXrun_FlaggedAllTheSame()
    {
        using var rig = new CaptureRig();
        rig.Run(2);
        rig.Source!.Skip(7);
        rig.Run(2);
        Assert.Equal([1, 0, 1, 0], Flags(rig));
    }

    [Fact]
    public void Step_LateRead_LatenessIsMeasured()
    {
        using var rig = new CaptureRig();
        rig.Run(1);
        Assert.Equal(0, rig.Loop.MaxWakeLatenessNs);
        rig.Time.AdvanceMs(3);
        rig.Run(1);
        Assert.Equal(3_000_000, rig.Loop.MaxWakeLatenessNs);
        Assert.Equal((13.0, 10.0), (rig.Loop.DeepestMs, rig.Loop.ShallowestMs));
    }

    [Fact]
    public void Step_SteadyLoop_AllocatesNothing()
    {
        using var rig = new CaptureRig(16_000, cardRate: 48_000, channels: 2);
        rig.Loop.Step(0);
        rig.Source!.Queue(AudioWait.Ready, 1150);
        var block = new short[4800];
        long before = 0;
        for (var i = 0; i < 1150; i++)
        {
            if (i == 150) before = ThreadAllocations.Mark();
            rig.Time.AdvanceMs(10);
            rig.Loop.Step(0);
            rig.Ring.TryRead(out _, block);
        }

        Assert.Equal(0, ThreadAllocations.Since(before));
        Assert.Equal(0, rig.Loop.AllocatedBytes);
    }

    [Fact]
    public void AllocatedBytes_CancellerAllocates_IsSeen()
    {
        using var rig = new CaptureRig(canceller: new WastefulCanceller());
        rig.Run(150);
        Assert.True(rig.Loop.AllocatedBytes >= 50 * 1024);
    }

    [Fact]
    public void WarmUp_LeavesQueueStatusAndCountersAlone()
    {
        using var rig = new CaptureRig();
        rig.Loop.WarmUp();
        Assert.False(rig.Read(out _, out _));
        Assert.Equal((0L, 0L, 0L, 0L), (rig.Loop.Periods, rig.Loop.Xruns, rig.Loop.DroppedFrames, rig.Loop.MaxWakeLatenessNs));
        Assert.Equal((CaptureStatus.Closed, 0), (rig.Control.Status, rig.Opened));
        Assert.Empty(rig.Log);
    }

    [Fact]
    public void Constructor_OtherSessionRate_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CaptureRig(sessionRate: 44_100));

    internal static List<int> Flags(CaptureRig rig)
    {
        List<int> flags = [];
        while (rig.Read(out var header, out _)) flags.Add(header.Flags);
        return flags;
    }

    private sealed class WastefulCanceller : IEchoCanceller
    {
        private byte[] _waste = [];

        public void Process(Span<float> mono, int rate, long timeNs) => _waste = new byte[1024 + _waste.Length % 2];
    }
}
