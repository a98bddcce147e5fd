using System.Device.Gpio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Iot.Gpio;

/// <summary>A push button, or a switch, on a GPIO line through System.Device.Gpio: raw edges, no debouncing.</summary>
/// <remarks>
/// <para>The package gives edges neither time stamp nor number: an edge carries the time at which its callback came, which a busy
/// machine makes late, and a lost one is seen only by the level, which is read anew when all edges have been told and once a second.</para>
/// <para><see cref="Run"/> has a thread of its own, which its stop ends at once; everything else is for any thread. The package's own
/// thread only queues edges, <see cref="MostEdges"/> at most. A line that is lost while the button is down is released, a switch
/// keeps its level; it is looked for twice a second, and a level that has changed meanwhile is told.</para>
/// </remarks>
public sealed partial class IotButtonPin : IButtonPin
{
    /// <summary>Edges that wait to be told at most; more are dropped, and what came of them is seen by the level.</summary>
    public const int MostEdges = 256;

    private const string Remedy = "install libgpiod, check the wiring and the groups of the user, or set button.backend to \"kernel\"";
    private readonly IotLine _line;
    private readonly bool _keepsLevel;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<GpioController> _create;
    private readonly RepeatGate _losses;
    private readonly Queue<ButtonEdge> _edges = new(MostEdges);
    private readonly Lock _gate = new();
    private GpioController? _controller;
    private volatile bool _isDown, _isDisposed;
    private volatile string? _problem;
    private int _running;

    /// <summary>Opens the line if it can be had.</summary>
    /// <param name="line">Which line.</param>
    /// <param name="use">What it is for, such as <c>button</c>; the first word of log lines.</param>
    /// <param name="keepsLevel">True for a switch: while its line is gone the last level stands. False: it counts as released.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Where losses and returns are told.</param>
    public IotButtonPin(IotLine line, string use, bool keepsLevel, TimeProvider time, ILogger<IotButtonPin> log)
        : this(line, use, keepsLevel, time, log, static () => new GpioController())
    {
    }

    internal IotButtonPin(IotLine line, string use, bool keepsLevel, TimeProvider time, ILogger log, Func<GpioController> create)
    {
        Name = $"{use} line {line.Number}";
        (_line, _keepsLevel, _time, _log, _create, _losses) = (line, keepsLevel, time, log, create, new RepeatGate(time));
        if (TryOpen() && TryLevel(out var isDown, out _)) _isDown = isDown;
    }

    /// <summary>What people call it, such as <c>button line 17</c>.</summary>
    public string Name { get; }

    /// <summary>Why there is no such button now, in one line with what to do; null while there is one.</summary>
    public string? Problem => _problem;

    /// <inheritdoc />
    public bool IsDown => TryLevel(out var isDown, out _) ? isDown : _isDown;

    /// <summary>Time between two looks for a missing line, in ms; default 500.</summary>
    internal int RetryMs { get; init; } = 500;

    /// <summary>Time after which the level is read anew though nothing came, in ms; default 1,000.</summary>
    internal int CheckMs { get; init; } = 1_000;

    /// <inheritdoc />
    public void Run(Action<ButtonEdge> onEdge, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0) return;
        using var stopping = stop.Register(Wake);
        while (!_isDisposed && !stop.IsCancellationRequested) Step(onEdge, stop);
        Volatile.Write(ref _running, 0);
    }

    /// <summary>Ends <see cref="Run"/> and gives the line back.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Wake();
        Close();
    }

    private bool IsOpen
    {
        get
        {
            lock (_gate) return _controller is not null;
        }
    }

    private void Step(Action<ButtonEdge> tell, CancellationToken stop)
    {
        if (!IsOpen)
        {
            TryTake(out _, RetryMs, stop);
            if (_isDisposed || stop.IsCancellationRequested || !TryOpen()) return;
            LogFound(Name);
        }
        else if (TryTake(out var edge, CheckMs, stop))
        {
            Tell(edge, tell);
            if (HasEdges) return;
        }

        if (TryLevel(out var isDown, out var why)) Tell(new ButtonEdge(isDown, _time.NowNs()), tell);
        else if (!_isDisposed) Lose(why, tell);
    }

    // Of two edges in one direction the second says nothing new.
    private void Tell(ButtonEdge edge, Action<ButtonEdge> tell)
    {
        if (edge.IsDown == _isDown) return;
        _isDown = edge.IsDown;
        tell(edge);
    }

    private void Lose(string why, Action<ButtonEdge> tell)
    {
        _problem = $"{Name}: lost ({why}); it is looked for until it is back";
        Close();
        if (_losses.Count(why)) LogLost(_problem);
        if (!_keepsLevel) Tell(new ButtonEdge(false, _time.NowNs()), tell);
    }

    private bool TryOpen()
    {
        GpioController? controller = null;
        try
        {
            controller = _create();
            controller.OpenPin(_line.Number, ModeOf(_line.Pull));
            controller.RegisterCallbackForPinValueChangedEvent(_line.Number, PinEventTypes.Rising | PinEventTypes.Falling, OnChange);
            controller.Read(_line.Number);
        }
        catch (Exception e)
        {
            // Which exceptions a package's drivers throw nobody promises: whatever it is, there is no button for now.
            _problem = $"{Name}: {OneLine.Of(e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message)}; {Remedy}";
            Release(controller);
            return false;
        }

        _problem = null;
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _controller = controller;
                return true;
            }
        }

        Release(controller);
        return false;
    }

    // False, and in a few words why, where the line is not open or does not answer.
    private bool TryLevel(out bool isDown, out string why)
    {
        (isDown, why) = (false, "not open");
        lock (_gate)
        {
            if (_controller is not { } controller) return false;
            try
            {
                isDown = controller.Read(_line.Number) == PinValue.High == (_line.Pull == ButtonPull.Down);
                return true;
            }
            catch (Exception e)
            {
                why = OneLine.Of(e.Message);
                return false;
            }
        }
    }

    private void Close()
    {
        GpioController? controller;
        lock (_gate) (controller, _controller) = (_controller, null);
        Release(controller);
        // What an old line has told is no news of the next.
        Forget();
    }

    private void Release(GpioController? controller)
    {
        try
        {
            controller?.UnregisterCallbackForPinValueChangedEvent(_line.Number, OnChange);
        }
        catch (Exception e)
        {
            _problem ??= $"{Name}: {OneLine.Of(e.Message)}";
        }

        try
        {
            controller?.Dispose();
        }
        catch (Exception e)
        {
            // A line that is gone cannot be given back; a new controller is made for the next attempt.
            _problem ??= $"{Name}: {OneLine.Of(e.Message)}";
        }
    }

    private static PinMode ModeOf(ButtonPull pull) => pull switch
    {
        ButtonPull.Up => PinMode.InputPullUp,
        ButtonPull.Down => PinMode.InputPullDown,
        _ => PinMode.Input,
    };
}
