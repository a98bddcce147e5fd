using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime;

/// <summary>The pause between two attempts: over in its time, within a second when somebody begins to wait, at once when something has changed.</summary>
/// <remarks><see cref="WaitAsync"/> and <see cref="Forget"/> belong to one caller; the others may be called by any thread.</remarks>
internal sealed class RetryPause(TimeProvider time, Random random)
{
    /// <summary>How often it is looked whether what an attempt needs is still the same.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    // What changed longer ago than an attempt may take was seen by it.
    private const long FreshNs = 20_000_000_000;

    private readonly Lock _gate = new();
    private TaskCompletionSource _poked = NewSignal();
    private long _endNs, _leastNs;
    private long _changedNs = long.MinValue / 2;

    /// <summary>Waits.</summary>
    /// <param name="length">How long; null: until something changes.</param>
    /// <param name="least">What nobody's hurry shortens: the server wishes it; null: nothing.</param>
    /// <param name="hasChanged">Asked every <see cref="LookEvery"/>; true ends the pause.</param>
    /// <param name="stop">Ends it, without an exception.</param>
    public async Task WaitAsync(TimeSpan? length, TimeSpan? least, Func<bool> hasChanged, CancellationToken stop)
    {
        lock (_gate)
        {
            _endNs = length is { } known ? time.NowNs() + Nanoseconds(known) : long.MaxValue;
            _leastNs = least is { } wish ? Math.Min(_endNs, time.NowNs() + Nanoseconds(wish)) : 0;
        }

        while (Left() is ({ Ticks: > 0 } left, { } poked))
        {
            await poked.WaitAsync(left, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || hasChanged()) return;
        }
    }

    /// <summary>Ends the pause that is, or one that begins soon.</summary>
    public void End()
    {
        lock (_gate)
        {
            _changedNs = time.NowNs();
            _poked.TrySetResult();
        }
    }

    /// <summary>Somebody waits: the pause that is ends within a second.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            var soon = Math.Max(_leastNs, time.NowNs() + Nanoseconds(RetryDelay.WaitedForCap * random.NextDouble()));
            if (_endNs <= soon) return;
            _endNs = soon;
            _poked.TrySetResult();
        }
    }

    /// <summary>What changed before now needs no attempt of its own.</summary>
    public void Forget()
    {
        lock (_gate) _changedNs = long.MinValue / 2;
    }

    private (TimeSpan Left, Task Poked) Left()
    {
        lock (_gate)
        {
            if (_poked.Task.IsCompleted) _poked = NewSignal();
            var now = time.NowNs();
            var left = (now - _changedNs < FreshNs ? Math.Min(_endNs, _leastNs) : _endNs) - now;
            if (left <= 0) _changedNs = long.MinValue / 2;
            // Timers count whole milliseconds.
            return (left <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left / 1e6), LookEvery.TotalMilliseconds)), _poked.Task);
        }
    }

    private static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
