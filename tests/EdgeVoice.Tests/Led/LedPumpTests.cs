using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Led;

public sealed class LedPumpTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeRing _ring = new();
    private LedScene _scene = new() { Link = LinkLook.Connected };

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void Tick_WhileMoving_SendsAtMostFiftyFramesASecondAndOnlyChanges()
    {
        _scene = _scene with { Turn = TurnLook.Speaking };
        var pump = Pump();
        for (var ms = 0; ms < 1000; ms++)
        {
            pump.Tick(); // Far too often, as if every block of sound called Changed().
            _time.AdvanceMs(1);
        }

        Assert.InRange(_ring.Frames.Count, 19, 21); // A step every 50 ms.
        Assert.InRange(_ring.Asked, 49, 51);
    }

    [Fact]
    public void Tick_WhileStill_WakesOnceASecondAndSendsNothing()
    {
        var pump = Pump();
        for (var i = 0; i < 60; i++) _time.AdvanceNs(pump.Tick());
        Assert.Single(_ring.Frames);
        Assert.Equal(60, _ring.Asked);
    }

    [Fact]
    public void Tick_VolumeShown_WakesWhenItHides()
    {
        _scene = _scene with { VolumeFraction = 0.5f, VolumeChangedNs = _time.GetTimestamp() };
        var pump = Pump();
        var slept = pump.Tick();
        Assert.Equal(1_000_000_000, slept);
        _time.AdvanceNs(slept);
        pump.Tick();
        Assert.All(_ring.Frames[^1], p => Assert.Equal(default, p));
    }

    [Fact]
    public void Tick_RingFails_IsRetriedEverySecondAndToldOnce()
    {
        _scene = _scene with { Turn = TurnLook.Speaking };
        var told = 0;
        var pump = new LedPump(Scene, _ring, _time, _ => told++);
        _ring.Fails = true;
        for (var ms = 0; ms < 4500; ms++)
        {
            pump.Tick();
            _time.AdvanceMs(1);
        }

        Assert.Equal((5, 1, 0), (pump.Failures, told, pump.FramesSent));
        _ring.Fails = false;
        _time.AdvanceMs(600);
        pump.Tick();
        Assert.Equal(1, pump.FramesSent);
    }

    [Fact]
    public void Tick_Steady_AllocatesNothing()
    {
        _scene = _scene with { Turn = TurnLook.Speaking };
        _ring.Keeps = false;
        var pump = Pump();
        for (var i = 0; i < 100; i++) _time.AdvanceNs(pump.Tick());
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 100; i++) _time.AdvanceNs(pump.Tick());
        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    [Fact]
    public async Task StopAsync_OfALoop_FadesAndEndsDark()
    {
        _scene = _scene with { ButtonHeld = true };
        var loop = new LedLoop(Scene, _ring, _time);
        loop.Start();
        await UntilAsync(() => loop.FramesSent == 1);
        var stop = loop.StopAsync();
        await UntilAsync(() =>
        {
            _time.AdvanceMs(20);
            return stop.IsCompleted;
        });
        Assert.True(await stop);
        Assert.All(_ring.Frames[^1], p => Assert.Equal(default, p));
        Assert.True(_ring.Frames.Count > 2, "no fade");
    }

    [Fact]
    public async Task Changed_OfALoop_ShowsTheNewSceneWithoutWaiting()
    {
        await using var time = new AutoAdvance(_time);
        await using var loop = new LedLoop(Scene, _ring, _time);
        loop.Start();
        await UntilAsync(() => loop.FramesSent == 1);
        _time.AdvanceMs(30);
        _scene = _scene with { ButtonHeld = true };
        loop.Changed();
        await UntilAsync(() => loop.FramesSent == 2);
        time.Go();
    }

    [Fact]
    public async Task StopAsync_NeverStarted_IsDone() => Assert.True(await new LedLoop(Scene, _ring, _time).StopAsync());

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var i = 0; !done(); i++)
        {
            Assert.True(i < 5000, "waited in vain");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private LedScene Scene()
    {
        _ring.Asked++;
        return _scene;
    }

    private LedPump Pump() => new(Scene, _ring, _time);

    /// <summary>Lets the hand-moved clock run once told to, so that a loop can be disposed of.</summary>
    private sealed class AutoAdvance(ManualTime time) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _run = Task.CompletedTask;

        public void Go() => _run = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                time.AdvanceMs(20);
                await Task.Yield();
            }
        });

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }

    private sealed class FakeRing : IPixelRing
    {
        public List<Rgb[]> Frames { get; } = [];

        public bool Fails { get; set; }

        public bool Keeps { get; set; } = true;

        public int Asked { get; set; }

        public int PixelCount => 12;

        public void Show(ReadOnlySpan<Rgb> pixels)
        {
            if (Fails) throw new IOException("the bus is gone");
            if (Keeps) Frames.Add(pixels.ToArray());
        }

        public void Dispose()
        {
        }
    }
}
