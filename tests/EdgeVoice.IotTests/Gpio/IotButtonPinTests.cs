using System.Collections.Concurrent;
using System.Device.Gpio;
using EdgeVoice.Core.Button;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Iot.Gpio;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.IotTests.Gpio;

/// <summary>Edges of a fed driver through the adapter, alone and into the device's own recogniser.</summary>
public sealed class IotButtonPinTests : IDisposable
{
    private const int Line = 17;
    private readonly GpioDriver _driver = new();
    private readonly ManualTime _time = new();
    private readonly LogLines<IotButtonPin> _log = new();
    private readonly ConcurrentQueue<ButtonEdge> _told = new();
    private readonly CancellationTokenSource _stop = new();
    private IotButtonPin? _pin;
    private Thread? _thread;

    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _pin?.Dispose();
    }

    [Theory]
    [InlineData(ButtonPull.Up, PinMode.InputPullUp, false)]
    [InlineData(ButtonPull.None, PinMode.Input, false)]
    [InlineData(ButtonPull.Down, PinMode.InputPullDown, true)]
    public async Task Run_EveryWiring_TellsEdgesWithTheirTimeOfArrival(ButtonPull pull, PinMode mode, bool downIsHigh)
    {
        _driver.Set(Line, !downIsHigh);
        Start(pull);
        Assert.Equal(mode, _driver.Open[Line]);
        Assert.False(_pin!.IsDown);
        var downNs = _time.NowNs();
        _driver.Set(Line, downIsHigh);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 1));
        Assert.True(_pin.IsDown);
        _time.AdvanceMs(500);
        _driver.Set(Line, !downIsHigh);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 2));
        Assert.Equal([new ButtonEdge(true, downNs), new ButtonEdge(false, downNs + 500_000_000)], _told);
    }

    [Fact]
    public async Task Run_EdgeLostAtTheEndOfABounce_TellsTheLevel()
    {
        Start(ButtonPull.Up);
        _driver.Set(Line, high: false);
        _driver.Set(Line, high: true, isTold: false);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 2));
        Assert.Equal([true, false], _told.Select(edge => edge.IsDown));
        Assert.False(_pin!.IsDown);
    }

    [Fact]
    public async Task Run_EdgeLostWhileNothingElseComes_IsSeenByTheCheck()
    {
        Start(ButtonPull.Up, checkMs: 5);
        _driver.Set(Line, high: false, isTold: false);
        Assert.True(await Eventually.IsTrue(() => !_told.IsEmpty));
        Assert.True(Assert.Single(_told).IsDown);
    }

    [Fact]
    public async Task Run_SameDirectionTwice_IsToldOnce()
    {
        Start(ButtonPull.Up);
        for (var i = 0; i < 3; i++) _driver.Set(Line, high: false);
        _driver.Set(Line, high: true);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 2));
        Assert.Equal([true, false], _told.Select(edge => edge.IsDown));
    }

    [Theory]
    [InlineData(false, new[] { true, false, true })]
    [InlineData(true, new[] { true })]
    public async Task Run_LineGoneWhileDown_ReleasesAButtonAndKeepsASwitch(bool isSwitch, bool[] told)
    {
        Start(ButtonPull.Up, checkMs: 5, keepsLevel: isSwitch);
        _driver.Set(Line, high: false);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 1));
        _driver.Fail("Error 19. No such device.");
        Assert.True(await Eventually.IsTrue(() => _pin!.Problem is not null && _driver.Disposals > 0));
        Assert.Contains("No such device", _pin!.Problem, StringComparison.Ordinal);
        Assert.Equal(isSwitch, _pin.IsDown);
        _driver.Fail(null);
        Assert.True(await Eventually.IsTrue(() => _pin.Problem is null && _pin.IsDown));
        Assert.True(await Eventually.IsTrue(() => _told.Count == told.Length));
        Assert.Equal(told, _told.Select(edge => edge.IsDown));
        Assert.Contains("button line 17: found", _log.All);
        Assert.Single(_log.All, line => line.Contains("lost", StringComparison.Ordinal));
    }

    [Fact]
    public void New_WithoutADriver_SaysWhatToDoAndIsNotDown()
    {
        _driver.Fail("libgpiod\nis missing");
        using var pin = Make(ButtonPull.Up, 1_000, keepsLevel: false);
        Assert.Equal("button line 17: libgpiod is missing; install libgpiod, check the wiring and the groups of the user, or set button.backend to \"kernel\"", pin.Problem);
        Assert.False(pin.IsDown);
    }

    [Fact]
    public async Task Dispose_WhileRunning_EndsItAndGivesTheLineBack()
    {
        Start(ButtonPull.Up);
        _driver.Set(Line, high: false);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 1));
        _pin!.Dispose();
        Assert.True(_thread!.Join(TimeSpan.FromSeconds(20)));
        Assert.Equal(1, _driver.Disposals);
        _driver.Set(Line, high: true);
        Assert.Single(_told);
    }

    [Fact]
    public async Task Run_MoreEdgesThanTheQueueHolds_EndsAtTheRealLevel()
    {
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        _pin = Make(ButtonPull.Up, 5, keepsLevel: false);
        _thread = new Thread(() => _pin.Run(
            edge =>
            {
                _told.Enqueue(edge);
                entered.Set();
                go.Wait();
            },
            _stop.Token));
        _thread.Start();
        _driver.Set(Line, high: false);
        Assert.True(entered.Wait(TimeSpan.FromSeconds(20)));
        for (var i = 0; i < IotButtonPin.MostEdges; i++) _driver.Set(Line, high: i % 2 == 0);
        _driver.Set(Line, high: true);
        go.Set();
        Assert.True(await Eventually.IsTrue(() => _told.Count > IotButtonPin.MostEdges && !_told.Last().IsDown && !_pin.IsDown));
        Assert.All(_told.Zip(_told.Skip(1)), pair => Assert.NotEqual(pair.First.IsDown, pair.Second.IsDown));
    }

    [Theory]
    [InlineData(100, "Down Tap")]
    [InlineData(600, "Down HoldStarted HoldEnded")]
    [InlineData(5, "Down Glitch")]
    public async Task Edges_WithBounce_BecomeOneGesture(int heldMs, string gestures)
    {
        var told = new ConcurrentQueue<GestureKind>();
        _pin = Make(ButtonPull.Up, 1_000, keepsLevel: false);
        using var counted = new CountedPin(_pin);
        using var loop = new ButtonLoop([counted], gesture => told.Enqueue(gesture.Kind), _time);
        loop.Start();
        await Bounce(counted, false);
        if (heldMs == 5)
        {
            await Bounce(counted, true);
            Advance(100);
        }
        else
        {
            Advance(heldMs);
            await Bounce(counted, true);
            Advance(400);
        }

        Assert.True(await Eventually.IsTrue(() => Kinds() == gestures), Kinds());
        string Kinds() => string.Join(' ', told.Where(kind => kind != GestureKind.Confirmed));
    }

    // Contacts half a millisecond apart; each must have reached the recogniser before the clock goes on.
    private async Task Bounce(CountedPin counted, bool high)
    {
        for (var i = 0; i < 5; i++)
        {
            var before = counted.Edges;
            _driver.Set(Line, i % 2 == 0 ? high : !high);
            Assert.True(await Eventually.IsTrue(() => counted.Edges > before));
            _time.AdvanceMs(0.5);
        }
    }

    private void Advance(int ms)
    {
        for (var i = 0; i < ms; i++) _time.AdvanceMs(1);
    }

    private void Start(ButtonPull pull, int checkMs = 1_000, bool keepsLevel = false)
    {
        _pin = Make(pull, checkMs, keepsLevel);
        _thread = new Thread(() => _pin.Run(_told.Enqueue, _stop.Token));
        _thread.Start();
    }

    private IotButtonPin Make(ButtonPull pull, int checkMs, bool keepsLevel) =>
        new(new IotLine(Line, pull), "button", keepsLevel, _time, _log, () => new GpioController(_driver)) { CheckMs = checkMs, RetryMs = 5 };

    /// <summary>A pin that counts what it has told.</summary>
    private sealed class CountedPin(IButtonPin pin) : IButtonPin
    {
        private int _edges;

        public int Edges => Volatile.Read(ref _edges);

        public bool IsDown => pin.IsDown;

        public void Run(Action<ButtonEdge> onEdge, CancellationToken stop) => pin.Run(
            edge =>
            {
                onEdge(edge);
                Interlocked.Increment(ref _edges);
            },
            stop);

        public void Dispose() => pin.Dispose();
    }
}
