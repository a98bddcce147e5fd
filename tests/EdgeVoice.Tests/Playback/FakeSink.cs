using EdgeVoice.Core.Devices;

namespace EdgeVoice.Tests.Playback;

/// <summary>A card on a clock that its own waits move; records what was heard, frame by frame.</summary>
internal sealed class FakeSink(FakeSinkTime time, AudioStreamFormat format) : IAudioSink
{
    private readonly List<float> _waiting = [];
    private long _heardFrames, _startFrame, _startNs;
    private bool _running, _woken, _ranDry;

    /// <summary>Interleaved samples heard.</summary>
    public List<float> Heard { get; } = [];

    public List<long> StartNs { get; } = [];

    public bool IsLost { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>The card stands still, and says nothing about it.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Frames by which a position told is wrong.</summary>
    public Func<int> Jitter { get; set; } = () => 0;

    public bool IsRunning => _running;

    public int WakeUps { get; private set; }

    /// <summary>Takes at most so many frames a write.</summary>
    public int MostAtOnce { get; set; } = int.MaxValue;

    public AudioStreamFormat Format => format;

    public int Writable => format.BufferFrames - Queued;

    private int Queued
    {
        get
        {
            Advance();
            return _waiting.Count / format.Channels;
        }
    }

    private long Written => _heardFrames + _waiting.Count / format.Channels;

    public AudioWait Wait(int timeoutMs)
    {
        if (IsLost) return AudioWait.Lost;
        if (TakeWake()) return AudioWait.Woken;
        if (IsStuck)
        {
            time.MoveTo(time.NowNs + timeoutMs * 1_000_000L);
            return AudioWait.TimedOut;
        }

        Advance();
        if (_ranDry)
        {
            _ranDry = false;
            return AudioWait.Xrun;
        }

        var over = Queued - (format.BufferFrames - format.PeriodFrames);
        if (over <= 0) return AudioWait.Ready;
        // As a kernel does: not before the whole period is free.
        var readyNs = _startNs + ((_heardFrames + over - _startFrame) * 1_000_000_000L + format.Rate - 1) / format.Rate;
        var deadline = time.NowNs + timeoutMs * 1_000_000L;
        time.MoveTo(Math.Min(readyNs, deadline));
        Advance();
        return Queued <= format.BufferFrames - format.PeriodFrames ? AudioWait.Ready : AudioWait.TimedOut;
    }

    public AudioWait Idle(int timeoutMs)
    {
        if (IsLost) return AudioWait.Lost;
        if (TakeWake()) return AudioWait.Woken;
        time.MoveTo(time.NowNs + timeoutMs * 1_000_000L);
        return AudioWait.TimedOut;
    }

    public int Write(ReadOnlySpan<float> interleaved)
    {
        Check();
        var frames = Math.Min(Math.Min(MostAtOnce, Writable), interleaved.Length / format.Channels);
        if (frames == 0) return 0;
        if (!_running)
        {
            _running = true;
            _startFrame = _heardFrames;
            _startNs = time.NowNs;
            StartNs.Add(_startNs);
        }

        foreach (var sample in interleaved[..(frames * format.Channels)]) _waiting.Add(sample);
        return frames;
    }

    public AudioSinkStatus Status()
    {
        Check();
        return new AudioSinkStatus(Written, Queued == 0 ? 0 : Math.Max(0, Queued + Jitter()), time.NowNs);
    }

    public long Drop(int keep = 0)
    {
        Check();
        Advance();
        _waiting.Clear();
        _running = _ranDry = false;
        return _heardFrames;
    }

    public void Wake() => (_woken, WakeUps) = (true, WakeUps + 1);

    public void Dispose() => IsDisposed = true;

    private void Check()
    {
        if (IsLost) throw new AudioDeviceException("fake loudspeaker: pulled out");
    }

    private bool TakeWake()
    {
        var woken = _woken;
        _woken = false;
        return woken;
    }

    private void Advance()
    {
        if (!_running || IsStuck) return;
        var reached = _startFrame + (time.NowNs - _startNs) * format.Rate / 1_000_000_000L;
        var due = reached - _heardFrames;
        var frames = (int)Math.Min(due, _waiting.Count / format.Channels);
        Heard.AddRange(_waiting.Take(frames * format.Channels));
        _waiting.RemoveRange(0, frames * format.Channels);
        _heardFrames += frames;
        if (due <= frames) return;
        _running = false;
        _ranDry = true;
    }
}

/// <summary>Monotonic time that waits move, never beyond <see cref="LimitNs"/>.</summary>
internal sealed class FakeSinkTime : TimeProvider
{
    public long NowNs { get; private set; } = 5_000_000_000;

    public long LimitNs { get; set; } = long.MaxValue;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => NowNs;

    public void MoveTo(long ns) => NowNs = Math.Max(NowNs, Math.Min(ns, LimitNs));
}
