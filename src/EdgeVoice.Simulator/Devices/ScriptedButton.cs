using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Devices;

/// <summary>A button that is pressed by calls and, where there is one, by a script.</summary>
/// <remarks>
/// Any thread may call <see cref="Press"/>, <see cref="Release"/>, <see cref="Tap"/>, <see cref="DoubleTap"/> and <see cref="IsDown"/>; a short lock
/// guards the edges to come. <see cref="Run"/> has its own thread and calls back outside the lock. A script's time 0 is the
/// moment <see cref="Run"/> begins. Edges carry the time at which they were due, as a kernel's time stamp would.
/// </remarks>
public sealed class ScriptedButton : IButtonPin
{
    /// <summary>Default length of a tap in milliseconds, well under the 350 ms that make a hold.</summary>
    public const int TapMs = 100;

    private readonly TimeProvider _time;
    private readonly IReadOnlyList<ScriptedButtonStep> _script;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<ButtonEdge, (long TimeNs, long Order)> _due = new();
    private readonly AutoResetEvent _signal = new(false);
    private bool _isDown;
    private long _order;

    /// <summary>Creates a button that is up.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="script">What it does by itself, see <see cref="ScriptedButtonScript.Load"/>; nothing by default.</param>
    public ScriptedButton(TimeProvider time, IReadOnlyList<ScriptedButtonStep>? script = null)
    {
        _time = time;
        _script = script ?? [];
    }

    /// <inheritdoc/>
    public bool IsDown
    {
        get
        {
            var now = _time.NowNs();
            lock (_lock)
            {
                var (level, last) = (_isDown, (TimeNs: long.MinValue, Order: -1L));
                foreach (var (edge, place) in _due.UnorderedItems)
                    if (edge.TimeNs <= now && place.CompareTo(last) > 0) (level, last) = (edge.IsDown, place);
                return level;
            }
        }
    }

    /// <summary>Presses now; nothing happens when it is down already.</summary>
    public void Press() => Add(new ButtonEdge(true, _time.NowNs()));

    /// <summary>Lets go now; nothing happens when it is up already.</summary>
    public void Release() => Add(new ButtonEdge(false, _time.NowNs()));

    /// <summary>Presses now and lets go <paramref name="holdMs"/> later; default 100 ms.</summary>
    public void Tap(int holdMs = TapMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(holdMs, 1);
        var now = _time.NowNs();
        Add(new ButtonEdge(true, now), new ButtonEdge(false, now + holdMs * 1_000_000L));
    }

    /// <summary>Presses and lets go twice from now on, each for 100 ms and 100 ms apart.</summary>
    public void DoubleTap()
    {
        const long StepNs = TapMs * 1_000_000L;
        var now = _time.NowNs();
        Add(new ButtonEdge(true, now), new ButtonEdge(false, now + StepNs), new ButtonEdge(true, now + 2 * StepNs), new ButtonEdge(false, now + 3 * StepNs));
    }

    /// <inheritdoc/>
    public void Run(Action<ButtonEdge> onEdge, CancellationToken stop)
    {
        var zero = _time.NowNs();
        Add([.. _script.Select(s => new ButtonEdge(s.IsDown, zero + s.AtMs * 1_000_000L))]);
        WaitHandle[] either = [stop.WaitHandle, _signal];
        while (!stop.IsCancellationRequested)
        {
            if (TryTake(out var edge, out var waitMs)) onEdge(edge);
            else if (waitMs != 0) WaitHandle.WaitAny(either, waitMs);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private void Add(params ReadOnlySpan<ButtonEdge> edges)
    {
        lock (_lock)
            foreach (var edge in edges) _due.Enqueue(edge, (edge.TimeNs, _order++));
        _signal.Set();
    }

    // False when nothing is to be told now: wait so long (-1: until something is added; 0: look again at once).
    private bool TryTake(out ButtonEdge edge, out int waitMs)
    {
        waitMs = -1;
        lock (_lock)
        {
            if (!_due.TryPeek(out edge, out _)) return false;
            var remaining = edge.TimeNs - _time.NowNs();
            waitMs = (int)Math.Clamp((remaining + 999_999) / 1_000_000, 0, int.MaxValue);
            if (remaining > 0) return false;
            _due.Dequeue();
            if (edge.IsDown == _isDown) return false;
            _isDown = edge.IsDown;
            return true;
        }
    }
}
