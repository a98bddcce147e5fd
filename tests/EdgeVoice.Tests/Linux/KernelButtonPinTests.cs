using System.Collections.Concurrent;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Input;
using EdgeVoice.Linux.Interop;
using EdgeVoice.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Tests.Linux;

public sealed class KernelButtonPinTests : IDisposable
{
    private readonly ConcurrentQueue<ButtonEdge> _told = new();
    private readonly LogLines<KernelButtonPin> _log = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile FakeFile? _device = new();
    private volatile string _why = "test: no such device";
    private Thread? _thread;

    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
    }

    [Fact]
    public async Task Run_EdgesOfTheDevice_AreTold()
    {
        using var pin = Start();
        _device!.Edge(true, 10);
        _device.Edge(false, 20);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 2));
        Assert.Equal([new(true, 10), new(false, 20)], _told);
    }

    [Fact]
    public void IsDown_HeldAtStart_IsTrueAndNoEdge()
    {
        _device!.Level = true;
        using var pin = new TestPin(Open, keepsLevel: false, _log);
        Assert.True(pin.IsDown);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Lost_WhileDown_IsReleasedToldOnceAndFoundAgain()
    {
        using var pin = Start();
        _device!.Edge(true, 10);
        Assert.True(await Eventually.IsTrue(() => !_told.IsEmpty));
        Lose();
        Assert.True(await Eventually.IsTrue(() => _told.Count == 2));
        Assert.False(_told.Last().IsDown);
        Assert.False(pin.IsDown);
        Assert.NotNull(pin.Problem);
        _device = new FakeFile();
        Assert.True(await Eventually.IsTrue(() => pin.Problem is null && _log.All.Count == 2));
        Assert.Equal(["test: lost (unplugged); it is looked for until it is back", "test: found"], _log.All);
        _device.Edge(true, 30);
        Assert.True(await Eventually.IsTrue(() => _told.Contains(new ButtonEdge(true, 30))));
    }

    [Fact]
    public async Task Lost_OfASwitch_KeepsItsLevelUntilItIsReadAnew()
    {
        using var pin = Start(keepsLevel: true);
        _device!.Edge(true, 10);
        Assert.True(await Eventually.IsTrue(() => _told.Count == 1));
        Lose();
        Assert.True(await Eventually.IsTrue(() => pin.Problem is not null));
        Assert.True(pin.IsDown);
        _device = new FakeFile();
        Assert.True(await Eventually.IsTrue(() => _told.Count == 2));
        Assert.False(_told.Last().IsDown);
        Assert.False(pin.IsDown);
    }

    [Fact]
    public async Task MissingAtStart_IsAProblemUntilItAppears_AndItsLevelIsAnEdge()
    {
        _device = null;
        using var pin = Start();
        Assert.Equal(_why, pin.Problem);
        _why = "test: held by another";
        Assert.True(await Eventually.IsTrue(() => pin.Problem == _why));
        Assert.Empty(_log.All);
        _device = new FakeFile { Level = true };
        Assert.True(await Eventually.IsTrue(() => _told.Count == 1));
        Assert.True(pin.IsDown);
        Assert.Null(pin.Problem);
    }

    [Fact]
    public async Task Run_Stopped_EndsWhileItWaits()
    {
        using var pin = Start();
        await _stop.CancelAsync();
        Assert.True(_thread!.Join(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Dispose_WhileItRuns_EndsItAndClosesTheDevice()
    {
        var pin = Start();
        pin.Dispose();
        Assert.True(_thread!.Join(TimeSpan.FromSeconds(20)));
        Assert.True(_device!.IsDisposed);
        pin.Run(_told.Enqueue, CancellationToken.None);
        pin.Dispose();
        Assert.False(pin.IsDown);
    }

    private TestPin Start(bool keepsLevel = false)
    {
        var pin = new TestPin(Open, keepsLevel, _log);
        _thread = new Thread(() => pin.Run(_told.Enqueue, _stop.Token));
        _thread.Start();
        return pin;
    }

    private IButtonFile? Open(out string problem)
    {
        problem = _device is null ? _why : "";
        return _device;
    }

    private void Lose()
    {
        var file = _device!;
        _device = null;
        file.Lose();
    }

    private sealed class TestPin : KernelButtonPin
    {
        public TestPin(ButtonOpener open, bool keepsLevel, ILogger log)
            : base("test", open, keepsLevel, TimeProvider.System, log) => RetryMs = 1;
    }

    /// <summary>A device whose edges are given by hand; an eventfd is what the pin waits for.</summary>
    private sealed class FakeFile : IButtonFile
    {
        private readonly WakeFile _ready = new();
        private readonly ConcurrentQueue<ButtonEdge> _edges = new();
        private volatile bool _isLost;

        public volatile bool Level;

        public bool IsDisposed { get; private set; }

        public int Descriptor => _ready.Descriptor;

        public string Problem => "unplugged";

        public bool TryLevel(out bool isDown)
        {
            isDown = Level;
            return !_isLost && !IsDisposed;
        }

        public bool TryRead(Action<ButtonEdge> onEdge)
        {
            _ready.TryTake();
            if (_isLost) return false;
            while (_edges.TryDequeue(out var edge)) onEdge(edge);
            return true;
        }

        public void Edge(bool down, long ns)
        {
            _edges.Enqueue(new ButtonEdge(down, ns));
            Level = down;
            _ready.Set();
        }

        public void Lose()
        {
            _isLost = true;
            _ready.Set();
        }

        public void Dispose()
        {
            IsDisposed = true;
            _ready.Dispose();
        }
    }
}
