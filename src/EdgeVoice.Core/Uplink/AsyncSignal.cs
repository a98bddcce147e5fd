using System.Threading.Tasks.Sources;

namespace EdgeVoice.Core.Uplink;

/// <summary>
/// Wakes one asynchronous loop: by a command, or by a timer that ticks while it runs. Signals that come while nobody waits
/// are remembered as one.
/// </summary>
/// <remarks>
/// One waiter. A tick continues the loop on the timer's own thread, without allocating; <see cref="Set"/> continues it on the
/// thread pool, so that whoever orders something never does the loop's work.
/// </remarks>
internal sealed class AsyncSignal : IValueTaskSource, IDisposable
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Signalled = 2;
    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    public AsyncSignal(TimeProvider time) =>
        _timer = time.CreateTimer(static s => ((AsyncSignal)s!).Signal(inline: true), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Ticks every so often from now on.</summary>
    public void TickEvery(TimeSpan period) => _timer.Change(period, period);

    /// <summary>Wakes the loop, now or at its next wait.</summary>
    public void Set() => Signal(inline: false);

    /// <summary>Waits for the next signal or tick.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle) return new ValueTask(this, _core.Version);
        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _timer.Dispose();

    private void Signal(bool inline)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state == Signalled) return;
            var next = state == Waiting ? Idle : Signalled;
            if (Interlocked.CompareExchange(ref _state, next, state) != state) continue;
            if (state != Waiting) return;
            _core.RunContinuationsAsynchronously = !inline;
            _core.SetResult(true);
            return;
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
