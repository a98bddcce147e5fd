namespace EdgeVoice.Benchmarks.VirtualSoak;

/// <summary>The machine's clock, which can be moved forward: timers that fall due on the way fire in order, then all goes on in real time.</summary>
/// <remarks>Any thread. Timers of real time fire on the pool, those of a jump on the thread that jumps, never under the lock.</remarks>
internal sealed class WarpTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<WarpTimer> _armed = [];
    private long _offset;

    public override long TimestampFrequency => System.TimestampFrequency;

    /// <summary>Timers that are armed now.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate) return _armed.Count;
        }
    }

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _offset);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + System.GetElapsedTime(0, Interlocked.Read(ref _offset));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WarpTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward by so much.</summary>
    public void Jump(TimeSpan by)
    {
        var target = GetTimestamp() + Ticks(by);
        while (NextDue(target) is { } timer) timer.Fire();
        lock (_gate)
        {
            MoveTo(target);
            foreach (var timer in _armed) timer.Rearm();
        }
    }

    private WarpTimer? NextDue(long target)
    {
        lock (_gate)
        {
            var next = _armed.MinBy(t => t.Due);
            if (next is null || next.Due > target) return null;
            MoveTo(next.Due);
            next.Advance();
            return next;
        }
    }

    private void MoveTo(long timestamp) => Interlocked.Add(ref _offset, Math.Max(0, timestamp - GetTimestamp()));

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * TimestampFrequency);

    private sealed class WarpTimer : ITimer
    {
        private readonly WarpTime _owner;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly Timer _real;
        private long _period;

        public WarpTimer(WarpTime owner, TimerCallback callback, object? state)
        {
            (_owner, _callback, _state) = (owner, callback, state);
            _real = new Timer(_ => OnReal(), null, Timeout.Infinite, Timeout.Infinite);
        }

        public long Due { get; private set; }

        public void Fire() => _callback(_state);

        /// <summary>Under the lock: it has fallen due, once or until its next period.</summary>
        public void Advance()
        {
            // A clock that has jumped over many periods ticks once: that is what a late timer does.
            if (_period > 0) Due = Math.Max(Due, _owner.GetTimestamp()) + _period;
            else _owner._armed.Remove(this);
        }

        /// <summary>Under the lock.</summary>
        public void Rearm()
        {
            var left = _owner.GetElapsedTime(_owner.GetTimestamp(), Due);
            _real.Change(left > TimeSpan.Zero ? (long)Math.Ceiling(left.TotalMilliseconds) : 0, Timeout.Infinite);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_owner._gate)
            {
                _owner._armed.Remove(this);
                if (dueTime < TimeSpan.Zero) return _real.Change(Timeout.Infinite, Timeout.Infinite);
                Due = _owner.GetTimestamp() + _owner.Ticks(dueTime);
                _period = period > TimeSpan.Zero ? _owner.Ticks(period) : 0;
                _owner._armed.Add(this);
                Rearm();
                return true;
            }
        }

        public void Dispose()
        {
            lock (_owner._gate) _owner._armed.Remove(this);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void OnReal()
        {
            lock (_owner._gate)
            {
                if (!_owner._armed.Contains(this)) return;
                if (Due > _owner.GetTimestamp())
                {
                    Rearm();
                    return;
                }

                Advance();
                if (_period > 0) Rearm();
            }

            Fire();
        }
    }
}
