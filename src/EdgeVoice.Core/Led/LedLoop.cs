using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Led;

/// <summary>
/// The thread of the lights: at most 50 frames a second while something moves, one look a second while nothing does, and a fade of
/// 300 ms at the end.
/// </summary>
/// <remarks>
/// <see cref="Start"/> once; <see cref="Changed"/> and <see cref="StopAsync"/> from any thread, at any time. The ring and the scene's
/// source are used on <c>ev-led</c> alone, and no longer once <see cref="StopAsync"/> has completed with true. The ring stays its owner's
/// to dispose, after that.
/// </remarks>
public sealed class LedLoop : IAsyncDisposable
{
    // A ring that hangs must not hold up the program's end; the thread is a background one.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    private readonly LedPump _pump;
    private readonly TimeProvider _time;
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private long _stoppingSinceNs = long.MinValue;
    private int _started;

    /// <summary>Takes the scene's source, the ring, time, and whom to tell when the ring begins to fail.</summary>
    public LedLoop(Func<LedScene> scene, IPixelRing ring, TimeProvider time, Action<Exception>? onFailure = null)
    {
        _pump = new LedPump(scene, ring, time, onFailure);
        _time = time;
        _thread = new Thread(Run) { Name = "ev-led", IsBackground = true };
    }

    /// <summary>Pictures the ring took.</summary>
    public long FramesSent => _pump.FramesSent;

    /// <summary>Attempts on the ring that failed.</summary>
    public long Failures => _pump.Failures;

    /// <summary>Begins to show the scene; further calls do nothing.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0) _thread.Start();
    }

    /// <summary>The scene changed: look at it now instead of at the next due time. Cheap; any number of calls.</summary>
    public void Changed() => _wake.Set();

    /// <summary>
    /// Fades out, switches the ring off and ends the thread; true when it has ended, false when the ring held it for more than a second.
    /// </summary>
    public async Task<bool> StopAsync()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0) _ended.TrySetResult();
        Interlocked.CompareExchange(ref _stoppingSinceNs, _time.NowNs(), long.MinValue);
        _wake.Set();
        try
        {
            await _ended.Task.WaitAsync(StopLimit, _time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Stops, as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private void Run()
    {
        // The event is left to its finalizer: a late timer or a late Changed() may still set it.
        using (var timer = _time.CreateTimer(static e => ((AutoResetEvent)e!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan))
            while (Step(timer)) _wake.WaitOne();
        _pump.Darken();
        _ended.TrySetResult();
    }

    /// <summary>Does what is due and sets the timer for what follows; false when the fade is over.</summary>
    private bool Step(ITimer timer)
    {
        var since = Interlocked.Read(ref _stoppingSinceNs);
        if (since == long.MinValue)
        {
            Arm(timer, _pump.Tick());
            return true;
        }

        var left = LedTiming.FadeNs - (_time.NowNs() - since);
        if (left <= 0) return false;
        Arm(timer, Math.Min(left, _pump.Tick(since)));
        return true;
    }

    // Timers count whole milliseconds, rounding down: early would be a second wake-up for nothing.
    private static void Arm(ITimer timer, long dueNs) =>
        timer.Change(TimeSpan.FromMilliseconds((dueNs + 999_999) / 1_000_000), Timeout.InfiniteTimeSpan);
}
