using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Linux.Input;

/// <summary>A button whose edges come from a device of the kernel, which may be missing, vanish and come back.</summary>
/// <remarks>
/// <see cref="Run"/> has a thread of its own and waits in poll, which its stop ends at once; everything else is for any thread. A
/// device that is lost while the button is down is released: a press must not last for ever. Missing, it is looked for twice a
/// second; where its level has changed meanwhile, that edge is told.
/// </remarks>
public abstract partial class KernelButtonPin : IButtonPin
{
    private const int Resting = 0, Running = 1, Disposed = 2;

    // An edge can be lost, and an older kernel does not tell that a chip is gone: the level is read anew this often.
    private const int CheckMs = 1_000;
    private readonly ButtonOpener _open;
    private readonly bool _keepsLevel;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly RepeatGate _losses;
    private readonly WakeFile _wake = new();
    private volatile IButtonFile? _file;
    private volatile bool _isDown;
    private volatile string? _problem;
    private int _state;

    /// <summary>Opens the device if it is there.</summary>
    /// <param name="name">What people call it in log lines.</param>
    /// <param name="open">Opens the device.</param>
    /// <param name="keepsLevel">A device that is lost keeps its level (a switch), instead of being released.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Where losses and returns are told.</param>
    private protected KernelButtonPin(string name, ButtonOpener open, bool keepsLevel, TimeProvider time, ILogger log)
    {
        Name = name;
        _open = open;
        _keepsLevel = keepsLevel;
        _time = time;
        _log = log;
        _losses = new RepeatGate(time);
        if (TryOpen() && _file!.TryLevel(out var isDown)) _isDown = isDown;
    }

    /// <summary>What people call it, such as <c>button gpiochip0 line 17</c>.</summary>
    public string Name { get; }

    /// <summary>Why there is no such button now, in one line with what to do; null while there is one.</summary>
    public string? Problem => _problem;

    /// <inheritdoc />
    public bool IsDown => _file is { } file && file.TryLevel(out var isDown) ? isDown : _isDown;

    /// <summary>Time between two looks for a missing device, in ms; default 500.</summary>
    internal int RetryMs { get; init; } = 500;

    /// <inheritdoc />
    public void Run(Action<ButtonEdge> onEdge, CancellationToken stop)
    {
        if (Interlocked.CompareExchange(ref _state, Running, Resting) != Resting) return;
        try
        {
            using var stopping = stop.Register(static wake => ((WakeFile)wake!).Set(), _wake);
            void Tell(ButtonEdge edge)
            {
                _isDown = edge.IsDown;
                onEdge(edge);
            }

            while (!stop.IsCancellationRequested && Volatile.Read(ref _state) == Running) Step(Tell);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, Resting, Running) == Disposed) Close();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        var before = Interlocked.Exchange(ref _state, Disposed);
        _wake.Set();
        if (before == Resting) Close();
        GC.SuppressFinalize(this);
    }

    private void Step(Action<ButtonEdge> tell)
    {
        if (_file is not { } file)
        {
            Wait(-1, RetryMs);
            Find(tell);
        }
        else if (!Watch(file, tell))
        {
            Lose(file, tell);
        }
    }

    // False when the device is gone.
    private bool Watch(IButtonFile file, Action<ButtonEdge> tell)
    {
        var happened = Wait(file.Descriptor, CheckMs);
        if ((happened & PollFile.In) != 0) return file.TryRead(tell);
        if (!file.TryLevel(out var isDown)) return false;
        if (isDown != _isDown) tell(new ButtonEdge(isDown, _time.NowNs()));
        return (happened & PollFile.Broken) == 0;
    }

    private void Lose(IButtonFile file, Action<ButtonEdge> tell)
    {
        _problem = $"{Name}: lost ({file.Problem}); it is looked for until it is back";
        _file = null;
        file.Dispose();
        if (_losses.Count(file.Problem)) LogLost(_problem);
        if (_isDown && !_keepsLevel) tell(new ButtonEdge(false, _time.NowNs()));
    }

    private void Find(Action<ButtonEdge> tell)
    {
        if (Volatile.Read(ref _state) != Running || !TryOpen()) return;
        LogFound(Name);
        if (_file!.TryLevel(out var isDown) && isDown != _isDown) tell(new ButtonEdge(isDown, _time.NowNs()));
    }

    private bool TryOpen()
    {
        var file = _open(out var problem);
        _problem = file is null ? problem : null;
        _file = file;
        return file is not null;
    }

    // What happened to the device: events of poll, 0 for nothing. Ends at once when something wakes it.
    private short Wait(int descriptor, int timeoutMs)
    {
        Span<PollFile> files = [new() { File = descriptor, Events = PollFile.In }, new() { File = _wake.Descriptor, Events = PollFile.In }];
        var ready = LibcNative.Poll(ref files[0], (nuint)files.Length, timeoutMs);
        if (ready > 0 && files[1].Happened != 0) _wake.TryTake();
        return ready > 0 ? files[0].Happened : (short)0;
    }

    private void Close()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
        _wake.Dispose();
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "{problem}")]
    private partial void LogLost(string problem);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "{name}: found")]
    private partial void LogFound(string name);
}
