using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Button;

/// <summary>Runs one or more buttons (the real one, the control socket's) into one recogniser.</summary>
/// <remarks>
/// Each pin has a thread of its own, <c>ev-button</c>. Edges and deadlines meet under one lock, held for microseconds;
/// gestures are told inside it, in order, so the receiver must only pass them on.
/// </remarks>
public sealed class ButtonLoop : IDisposable
{
    private readonly GestureRecognizer _recognizer = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<IButtonPin, CancellationTokenSource> _running = [];
    private volatile IReadOnlyList<IButtonPin> _pins;
    private readonly Action<Gesture> _told;
    private readonly TimeProvider _time;
    private readonly ITimer _deadline;

    /// <summary>Creates the loop over <paramref name="pins"/>; <paramref name="told"/> receives every gesture.</summary>
    public ButtonLoop(IReadOnlyList<IButtonPin> pins, Action<Gesture> told, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _pins = pins;
        _told = told;
        _time = time;
        _deadline = time.CreateTimer(static s => ((ButtonLoop)s!).OnDeadline(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True while a button is down.</summary>
    public bool IsDown
    {
        get
        {
            foreach (var pin in _pins)
                if (pin.IsDown) return true;
            return false;
        }
    }

    /// <summary>Starts a thread for each pin.</summary>
    public void Start()
    {
        if (IsDown)
        {
            lock (_gate)
            {
                _recognizer.StartHeld(_time.NowNs());
                Rearm();
            }
        }

        lock (_gate) Follow(_pins);
    }

    /// <summary>
    /// Listens to these pins from now on: those that were there before go on, the threads of others end and theirs are the caller's to
    /// dispose. After <see cref="Start"/>, while nobody presses.
    /// </summary>
    public void Replace(IReadOnlyList<IButtonPin> pins)
    {
        lock (_gate)
        {
            _pins = pins;
            Follow(pins);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate) Follow([]);
        _deadline.Dispose();
    }

    private void Follow(IReadOnlyList<IButtonPin> pins)
    {
        foreach (var gone in _running.Keys.Except(pins).ToList())
        {
            _running[gone].Cancel();
            _running.Remove(gone);
        }

        foreach (var pin in pins.Where(pin => !_running.ContainsKey(pin)))
        {
            var stop = _running[pin] = new CancellationTokenSource();
            new Thread(() => pin.Run(OnEdge, stop.Token)) { Name = "ev-button", IsBackground = true }.Start();
        }
    }

    private void OnEdge(ButtonEdge edge)
    {
        lock (_gate)
        {
            foreach (var gesture in _recognizer.OnEdge(edge)) _told(gesture);
            Rearm();
        }
    }

    private void OnDeadline()
    {
        lock (_gate)
        {
            foreach (var gesture in _recognizer.OnTime(_time.NowNs(), IsDown)) _told(gesture);
            Rearm();
        }
    }

    // Under the lock: of an edge and a deadline at the same moment, the later one's wish must stand.
    private void Rearm()
    {
        // Timers count whole milliseconds: one too many is harmless, one too few would only make it look twice.
        var wait = _recognizer.NextDeadlineNs is { } at
            ? TimeSpan.FromMilliseconds(Math.Max(0, (at - _time.NowNs() + 999_999) / 1_000_000))
            : Timeout.InfiniteTimeSpan;
        try
        {
            _deadline.Change(wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // An edge at the very end.
        }
    }
}
