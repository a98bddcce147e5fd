using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Tests.Capture;

public class CaptureLoopDeviceTests
{
    [Fact]
    public async Task Reopen_OpensAnewWithAnotherChannel_AndTellsOnceItIsOpen()
    {
        using var rig = new CaptureRig(channel: 0, channels: 2);
        rig.Run(2);
        var first = rig.Source!;
        var reopened = rig.Loop.ReopenAsync(1);
        Assert.False(reopened.IsCompleted);
        rig.Run(0);
        rig.Loop.Step(0);
        Assert.Null(await reopened);
        Assert.True(first.IsDisposed);
        Assert.Equal((2, CaptureStatus.Open), (rig.Opened, rig.Control.Status));
        while (rig.Read(out _, out _)) { }
        rig.Run(1);
        Assert.True(rig.Read(out var header, out var samples));
        Assert.Equal(1, header.Flags & CaptureLoop.Discontinuity);
        Assert.Equal(10_000, samples[0]);
    }

    [Fact]
    public async Task Reopen_NotThere_TellsWhyAndIsTriedOn()
    {
        using var rig = new CaptureRig();
        rig.Run(1);
        rig.Open = () => throw new AudioDeviceException("no such card");
        var reopened = rig.Loop.ReopenAsync(0);
        rig.Loop.Step(0);
        Assert.Equal("no such card", await reopened);
        rig.Open = () => new FakeSource(rig.Time);
        rig.Time.AdvanceMs(1_001);
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Open, rig.Control.Status);
    }

    [Fact]
    public async Task Reopen_ClosedByOrder_StaysClosed()
    {
        using var rig = new CaptureRig();
        rig.Control.Close();
        rig.Loop.Step(0);
        var reopened = rig.Loop.ReopenAsync(0);
        rig.Loop.Step(0);
        Assert.Null(await reopened);
        Assert.Equal(0, rig.Opened);
    }

    [Fact]
    public void Step_DeviceMissing_TriedEverySecondAndSaidOnce()
    {
        using var rig = new CaptureRig();
        var works = rig.Open;
        rig.Open = () => throw new AudioDeviceException("no such card");
        for (var i = 0; i < 30; i++)
        {
            rig.Loop.Step(0);
            rig.Time.AdvanceMs(100);
        }

        Assert.Equal(3, rig.Opened);
        Assert.Equal(CaptureStatus.Missing, rig.Control.Status);
        Assert.Contains("no such card", Assert.Single(rig.Log), StringComparison.Ordinal);
        rig.Open = works;
        rig.Run(1);
        Assert.Equal(CaptureStatus.Open, rig.Control.Status);
        Assert.Contains("back", rig.Log[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_DeviceLost_DisposedReopenedAndFlagged(bool throws)
    {
        using var rig = new CaptureRig();
        rig.Run(2);
        var lost = rig.Source!;
        if (throws) lost.Failure = new InvalidOperationException("broken driver");
        lost.Queue(AudioWait.Lost);
        rig.Loop.Step(0);
        Assert.True(lost.IsDisposed);
        Assert.Equal(CaptureStatus.Missing, rig.Control.Status);
        rig.Time.AdvanceMs(1001);
        rig.Run(2);
        Assert.NotSame(lost, rig.Source);
        Assert.Equal([1, 0, 1, 0], CaptureLoopTests.Flags(rig));
    }

    [Fact]
    public void Step_NothingFor2Seconds_CountsAsLost()
    {
        using var rig = new CaptureRig();
        rig.Run(1);
        rig.Time.AdvanceMs(1999);
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Open, rig.Control.Status);
        rig.Time.AdvanceMs(2);
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Missing, rig.Control.Status);
    }

    [Theory]
    [InlineData(1_000, 1_001)]
    [InlineData(4_000, 0)]
    public void Step_ThreadItselfNotLetRun_IsNoLossUnlessTheDeviceStaysSilent(int thenMs, int lastMs)
    {
        using var rig = new CaptureRig();
        rig.Run(1);
        rig.Time.AdvanceMs(4_000);
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Open, rig.Control.Status);
        rig.Time.AdvanceMs(thenMs);
        rig.Loop.Step(0);
        rig.Time.AdvanceMs(lastMs);
        rig.Loop.Step(0);
        Assert.Equal((CaptureStatus.Missing, 1), (rig.Control.Status, rig.Loop.Losses));
    }

    [Fact]
    public void Step_ReadyButNothingThereFor2Seconds_CountsAsLost()
    {
        using var rig = new CaptureRig();
        rig.Run(1);
        rig.Source!.PeriodsPerRead = 0;
        rig.Source.Queue(AudioWait.Ready, 30);
        for (var i = 0; i < 21; i++)
        {
            rig.Time.AdvanceMs(100);
            rig.Loop.Step(0);
        }

        Assert.Equal((CaptureStatus.Missing, "it has delivered nothing for 2 s"), (rig.Control.Status, rig.Control.Problem));
        Assert.Equal(1, rig.Loop.Losses);
    }

    [Fact]
    public void Retry_OpensAtOnceAndNotOnlyAfterASecond()
    {
        using var rig = new CaptureRig();
        var works = rig.Open;
        rig.Open = () => throw new AudioDeviceException("no such card");
        rig.Loop.Step(0);
        Assert.Equal("no such card", rig.Control.Problem);
        rig.Open = works;
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Missing, rig.Control.Status);
        rig.Loop.Retry();
        rig.Loop.Step(0);
        Assert.Equal((CaptureStatus.Open, (string?)null), (rig.Control.Status, rig.Control.Problem));
    }

    [Fact]
    public void Idle_WakesEvery40MsAndTheFirstEdgeReadsWhatIsThereAtOnce()
    {
        using var rig = new CaptureRig();
        rig.Control.SetIdle(true);
        rig.Loop.Step(0);
        Assert.Equal(960, rig.Source!.WakeFrames);
        rig.Source.PeriodsPerRead = 4;
        rig.Source.Queue(AudioWait.Ready);
        rig.Time.AdvanceMs(40);
        rig.Loop.Step(0);
        var wakes = rig.Source.Wakes;
        rig.Control.SetIdle(true);
        Assert.Equal(wakes, rig.Source.Wakes);
        rig.Time.AdvanceMs(25);
        rig.Source.PeriodsPerRead = 2;
        rig.Control.SetIdle(false);
        Assert.Equal(wakes + 1, rig.Source.Wakes);
        rig.Source.Queue(AudioWait.Woken);
        rig.Loop.Step(0);
        Assert.Equal(240, rig.Source.WakeFrames);
        Assert.Equal(0, rig.Loop.MaxWakeLatenessNs);
        // Nothing lost in between: one unbroken stretch.
        var frames = 0L;
        while (rig.Read(out var header, out var samples))
        {
            Assert.Equal(frames, header.Frame);
            frames += samples.Length;
        }

        Assert.Equal(6 * 240, frames);
    }

    [Fact]
    public void Idle_OutlivesTheDevice()
    {
        using var rig = new CaptureRig();
        rig.Control.SetIdle(true);
        rig.Run(1);
        rig.Source!.Queue(AudioWait.Lost);
        rig.Loop.Step(0);
        rig.Time.AdvanceMs(1001);
        rig.Loop.Step(0);
        Assert.Equal(960, rig.Source!.WakeFrames);
    }

    [Fact]
    public void Xrun_IsToldToTheEchoCanceller()
    {
        var canceller = new CountingCanceller();
        using var rig = new CaptureRig(canceller: canceller);
        rig.Run(2);
        var before = canceller.Interrupts;
        rig.Source!.Queue(AudioWait.Xrun);
        rig.Loop.Step(0);
        Assert.Equal(before + 1, canceller.Interrupts);
    }

    [Fact]
    public void Silence_OfADeadMicrophone_IsCounted()
    {
        using var rig = new CaptureRig();
        rig.Loop.Step(0);
        rig.Source!.Sample = (_, _) => 0;
        rig.Run(100);
        Assert.Equal(1, rig.Loop.SilentSeconds, 0.001);
        rig.Source.Sample = (_, _) => 1;
        rig.Run(1);
        Assert.Equal((0.0, 240L), (rig.Loop.SilentSeconds, rig.Loop.Meter.ClippedSamples));
    }

    [Theory]
    [InlineData(0, 8192)]
    [InlineData(6.0206, 16384)]
    [InlineData(20, 32767)]
    public void FixedGain_ChangesTheLevelAndNeverClips(double db, short expected)
    {
        using var rig = new CaptureRig(level: new CaptureLevel(GainDb: db));
        rig.Loop.Step(0);
        rig.Source!.Sample = (_, _) => 0.25f;
        rig.Run(2);
        rig.Read(out _, out var samples);
        // Dither moves it by a step at most; a limited peak stays at the top.
        Assert.All(samples[60..], x => Assert.InRange(x, expected - (db == 0 ? 0 : 2), expected + (db == 0 ? 0 : 2)));
    }

    [Fact]
    public void Close_ThenOpen_DeviceIsDisposedAndOpenedAnew()
    {
        using var rig = new CaptureRig();
        List<CaptureStatus> seen = [];
        rig.Control.StatusChanged += seen.Add;
        rig.Run(1);
        var first = rig.Source!;
        rig.Control.Close();
        Assert.Equal(1, first.Wakes);
        rig.Loop.Step(0);
        Assert.True(first.IsDisposed);
        Assert.True(rig.Control.IsClosedByOrder);
        rig.Loop.Step(0);
        Assert.Equal(1, rig.Opened);
        rig.Control.Open();
        rig.Run(1);
        Assert.True(rig.Source!.IsStarted);
        Assert.Equal([CaptureStatus.Open, CaptureStatus.Closed, CaptureStatus.Open], seen);
        Assert.Equal([1, 1], CaptureLoopTests.Flags(rig));
    }

    [Fact]
    public void Close_WhileMissing_ReportsClosedAndOpenTriesAtOnce()
    {
        using var rig = new CaptureRig();
        var works = rig.Open;
        rig.Open = () => throw new AudioDeviceException("no such card");
        rig.Loop.Step(0);
        rig.Control.Close();
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Closed, rig.Control.Status);
        rig.Open = works;
        rig.Control.Open();
        rig.Loop.Step(0);
        Assert.Equal(CaptureStatus.Open, rig.Control.Status);
    }

    [Fact]
    public void Close_AfterConsumerHasRead_NoSampleStaysInTheQueue()
    {
        using var rig = new CaptureRig(ring: 1024);
        rig.Loop.Step(0);
        rig.Source!.Sample = (_, _) => 0.5f;
        rig.Run(3);
        rig.Control.Close();
        rig.Loop.Step(0);
        while (rig.Read(out _, out _)) ;
        rig.Loop.Step(0);
        Assert.DoesNotContain((short)16384, Memory(rig.Ring));
    }

    [Fact]
    public void Step_ClosedOrMissing_ReferenceIsDrainedAllTheSame()
    {
        var canceller = new CountingCanceller();
        using var rig = new CaptureRig(canceller: canceller);
        rig.Control.Close();
        rig.Loop.Step(0);
        rig.Loop.Step(0);
        Assert.Equal((2, 0), (canceller.Blocks, canceller.Samples));
    }

    [Fact]
    public void ReleaseGate_ReachesTheCancellerOnceWithTheTime()
    {
        var canceller = new CountingCanceller();
        using var rig = new CaptureRig(canceller: canceller);
        rig.Run(1);
        rig.Control.ReleaseGate();
        rig.Loop.Step(0);
        rig.Loop.Step(0);
        Assert.Equal([rig.Time.GetTimestamp()], canceller.Releases);
    }

    private static short[] Memory(BlockRing ring)
    {
        var inner = typeof(BlockRing).GetField("_ring", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!;
        var buffer = (SpscRingBuffer<short>)inner.GetValue(ring)!;
        buffer.WritableSpans(out var first, out var second);
        return [.. first, .. second];
    }

    private sealed class CountingCanceller : IEchoCanceller
    {
        public int Blocks { get; private set; }

        public int Samples { get; private set; }

        public List<long> Releases { get; } = [];

        public int Interrupts { get; private set; }

        public void Interrupt() => Interrupts++;

        public void Process(Span<float> mono, int rate, long timeNs)
        {
            Blocks++;
            Samples += mono.Length;
        }

        public void ReleaseGate(long timeNs) => Releases.Add(timeNs);
    }
}
