namespace EdgeVoice.Tests.Support;

/// <summary>A clock that moves by hand; timers fire on the thread that moves it, in order.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _nowNs = 1_000_000_000;

    public override long TimestampFrequency => 1_000_000_000;

    public int ArmedTimers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    public override long GetTimestamp() => Interlocked.Read(ref _nowNs);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp() / 100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void AdvanceMs(double ms) => AdvanceNs((long)(ms * 1e6));

    public void AdvanceNs(long ns)
    {
        var end = GetTimestamp() + ns;
        // Without timers nothing is allocated, so that it can be used where that is measured.
        while (ArmedTimers > 0 && NextDue(end) is { } timer) timer.Fire();
        Interlocked.Exchange(ref _nowNs, end);
    }

    private ManualTimer? NextDue(long end)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.DueNs <= end).MinBy(t => t.DueNs);
            if (next is null) return null;
            Interlocked.Exchange(ref _nowNs, Math.Max(_nowNs, next.DueNs));
            _timers.Remove(next);
            if (next.PeriodNs > 0)
            {
                next.DueNs += next.PeriodNs;
                _timers.Add(next);
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        public long DueNs { get; set; }

        public long PeriodNs { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                if (dueTime < TimeSpan.Zero) return true;
                DueNs = owner.GetTimestamp() + dueTime.Ticks * 100;
                PeriodNs = period > TimeSpan.Zero ? period.Ticks * 100 : 0;
                owner._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (owner._gate) owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
