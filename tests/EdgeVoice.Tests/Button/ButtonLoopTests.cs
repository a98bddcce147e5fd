using EdgeVoice.Core.Button;
using EdgeVoice.Core.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Button;

public sealed class ButtonLoopTests
{
    private readonly ManualTime _time = new();
    private readonly List<GestureKind> _told = [];
    private readonly ManualPin _pin = new();

    private ButtonLoop Start(params IButtonPin[] pins)
    {
        var loop = new ButtonLoop(pins.Length == 0 ? [_pin] : pins, g => _told.Add(g.Kind), _time);
        loop.Start();
        foreach (var pin in pins.Length == 0 ? [_pin] : pins.Cast<ManualPin>()) Assert.True(pin.Runs.Wait(TimeSpan.FromSeconds(20)));
        return loop;
    }

    [Fact]
    public void Press_DeadlinesComeByTheClockAlone()
    {
        using var loop = Start();
        _pin.Edge(true, _time);
        Assert.Equal([GestureKind.Down], _told);
        Assert.True(loop.IsDown);
        _time.AdvanceMs(31);
        Assert.Equal(GestureKind.Confirmed, _told[^1]);
        _time.AdvanceMs(330);
        Assert.Equal(GestureKind.HoldStarted, _told[^1]);
        _pin.Edge(false, _time);
        _time.AdvanceMs(40);
        Assert.Equal(GestureKind.HoldEnded, _told[^1]);
    }

    [Fact]
    public void Glitch_IsUndone()
    {
        using var loop = Start();
        _pin.Edge(true, _time);
        _time.AdvanceMs(3);
        _pin.Edge(false, _time);
        _time.AdvanceMs(40);
        Assert.Equal([GestureKind.Down, GestureKind.Glitch], _told);
    }

    [Fact]
    public void TwoPins_AreOneButton()
    {
        var other = new ManualPin();
        using var loop = Start(_pin, other);
        _pin.Edge(true, _time);
        _time.AdvanceMs(40);
        other.Edge(true, _time);
        _pin.Edge(false, _time);
        _time.AdvanceMs(1_000);
        Assert.DoesNotContain(GestureKind.HoldEnded, _told);
        other.Edge(false, _time);
        _time.AdvanceMs(1_100);
        Assert.Equal(GestureKind.HoldEnded, _told[^1]);
    }

    [Fact]
    public void DownAtStart_OpensNoTurnAndResets()
    {
        _pin.IsDown = true;
        using var loop = Start();
        _time.AdvanceMs(15_100);
        Assert.Equal([GestureKind.FactoryResetProgress, GestureKind.FactoryReset], _told);
    }

    [Fact]
    public void Replace_OldPinsEnd_ThoseThatStayGoOn_NewOnesAreHeard()
    {
        var (gone, added) = (new ManualPin(), new ManualPin());
        using var loop = Start(_pin, gone);
        loop.Replace([_pin, added]);
        Assert.True(gone.Ended.Wait(TimeSpan.FromSeconds(20)));
        Assert.True(added.Runs.Wait(TimeSpan.FromSeconds(20)));
        Assert.False(_pin.Ended.IsSet);
        added.Edge(true, _time);
        Assert.True(loop.IsDown);
        _time.AdvanceMs(31);
        added.Edge(false, _time);
        _time.AdvanceMs(400);
        _pin.Edge(true, _time);
        Assert.Equal([GestureKind.Down, GestureKind.Confirmed, GestureKind.Tap, GestureKind.Down], _told);
    }

    [Fact]
    public void Dispose_EndsTheThreadsAndTheTimer_LateEdgesDoNoHarm()
    {
        var loop = Start();
        _pin.Edge(true, _time);
        loop.Dispose();
        Assert.True(_pin.Ended.Wait(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, _time.ArmedTimers);
        loop.Dispose();
    }

    private sealed class ManualPin : IButtonPin
    {
        private Action<ButtonEdge>? _onEdge;

        public ManualResetEventSlim Runs { get; } = new();

        public ManualResetEventSlim Ended { get; } = new();

        public bool IsDown { get; set; }

        public void Edge(bool down, ManualTime time)
        {
            IsDown = down;
            _onEdge!(new ButtonEdge(down, time.GetTimestamp()));
        }

        public void Run(Action<ButtonEdge> onEdge, CancellationToken stop)
        {
            _onEdge = onEdge;
            Runs.Set();
            stop.WaitHandle.WaitOne();
            Ended.Set();
        }

        public void Dispose()
        {
        }
    }
}
