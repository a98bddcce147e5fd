using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Capture;

// Off the steady path: opening, closing, losing the device, and what is done while there is none.
public sealed partial class CaptureLoop
{
    private const long RetryNs = 1_000_000_000;
    private const long StallNs = 2_000_000_000;
    private const long AbsentNs = 1_500_000_000;
    private const int IdleMs = 500;
    private const int IdlePeriodMs = 40;
    private IAudioSource? _source;
    private CaptureChain? _chain;
    private AudioStreamFormat _format;
    private int _rate;
    private long _wakeNs;
    private long _lastDataNs;
    private long _lastTurnNs;
    private bool _isExcused;
    private long _retryAtNs = long.MinValue;
    private int _retryNow;
    private TaskCompletionSource<string?>? _reopen;
    private bool _idle;
    private long _seenReleases;
    private string? _reported;

    /// <summary>Makes the next attempt to open a missing device now instead of within a second; any thread.</summary>
    public void Retry()
    {
        Volatile.Write(ref _retryNow, 1);
        Wake();
    }

    private void ApplyOrders()
    {
        var order = _control.Order;
        var releases = CaptureControl.Releases(order);
        if (releases != _seenReleases)
        {
            _seenReleases = releases;
            _canceller.ReleaseGate(_time.NowNs());
        }

        var reopen = Volatile.Read(ref _reopen) is null ? null : Interlocked.Exchange(ref _reopen, null);
        if (reopen is not null)
        {
            CloseSource(CaptureStatus.Closed);
            _retryAtNs = long.MinValue;
        }

        if (CaptureControl.IsClosed(order))
        {
            if (_source is not null || _control.Status != CaptureStatus.Closed) CloseSource(CaptureStatus.Closed);
            _retryAtNs = long.MinValue;
        }
        else if (_source is null)
        {
            if (Interlocked.Exchange(ref _retryNow, 0) != 0 || _time.NowNs() >= _retryAtNs) OpenSource(CaptureControl.IsIdle(order));
        }
        else if (CaptureControl.IsIdle(order) != _idle)
        {
            SetIdle(_source, !_idle);
        }

        reopen?.TrySetResult(_control.Problem);
    }

    // Back to every period: what has come meanwhile is read at once, so that history ends now and not up to 40 ms ago.
    private void SetIdle(IAudioSource source, bool idle)
    {
        Pace(source, idle);
        if (idle || _chain is not { } chain) return;
        try
        {
            ReadAll(source, chain, isWake: false);
        }
        catch (Exception e)
        {
            Lose(e.Message);
        }
    }

    private void Pace(IAudioSource source, bool idle)
    {
        _idle = idle;
        // Half the buffer at most: a late wake-up must not cost samples.
        var slow = Math.Min(_format.Rate * IdlePeriodMs / 1000, _format.BufferFrames / 2);
        var frames = idle ? Math.Max(slow, _format.PeriodFrames) : _format.PeriodFrames;
        _wakeNs = frames * 1_000_000_000L / _format.Rate;
        source.SetWakePeriod(frames);
    }

    private void OpenSource(bool idle)
    {
        IAudioSource? source = null;
        try
        {
            source = _open();
            _format = source.Format;
            Volatile.Write(ref _rate, _format.Rate);
            if (_channel >= _format.Channels) LogNoSuchChannel(_channel, _format.Channels);
            _chain = new CaptureChain(_format, _sessionRate, _channel, _canceller, _captured, _level, _meter);
            Pace(source, idle);
            source.Start();
        }
        catch (Exception e)
        {
            source?.Dispose();
            _chain = null;
            Miss(e.Message);
            return;
        }

        _lastDataNs = _lastTurnNs = _time.NowNs();
        _settling = SettlingPeriods;
        lock (_sourceLock) _source = source;
        if (_reported is not null) LogBack(_format.Rate, _format.Channels);
        _reported = null;
        _control.Report(CaptureStatus.Open);
        _allocationMark = ThreadAllocations.Mark();
    }

    // Whatever the waits say: a device that claims to be ready and gives nothing is as dead as one that is silent. But when it was
    // this thread that was not let run, the device is given its time once more, until it delivers again.
    private bool IsSilentTooLong()
    {
        var now = _time.NowNs();
        var wasAbsent = now - _lastTurnNs > AbsentNs;
        _lastTurnNs = now;
        if (now - _lastDataNs <= StallNs) return false;
        if (!wasAbsent || _isExcused) return true;
        _isExcused = true;
        _lastDataNs = now;
        return false;
    }

    private void CloseSource(CaptureStatus status, string? problem = null)
    {
        IAudioSource? source;
        lock (_sourceLock)
        {
            source = _source;
            _source = null;
        }

        try
        {
            source?.Dispose();
        }
        catch (Exception e)
        {
            LogCloseFailed(e.Message);
        }

        Drift.Break();
        _chain?.Wipe();
        _chain = null;
        _captured.WipeFree();
        _control.Report(status, problem);
    }

    private void Lose(string why)
    {
        Volatile.Write(ref _losses, _losses + 1);
        CloseSource(CaptureStatus.Missing, why);
        Miss(why);
    }

    private void Miss(string why)
    {
        _retryAtNs = _time.NowNs() + RetryNs;
        // Retries are silent until the reason changes.
        if (_reported != why) LogMissing(why);
        _reported = why;
        _control.Report(CaptureStatus.Missing, why);
    }

    private void Idle(int maxWaitMs)
    {
        var ms = IdleMs;
        if (_retryAtNs > long.MinValue) ms = (int)Math.Clamp((_retryAtNs - _time.NowNs()) / 1_000_000 + 1, 0, IdleMs);
        _wake.WaitOne(Math.Min(ms, maxWaitMs));
        // The reference goes on without a microphone, and what the consumer has read since the device was closed is wiped too.
        _canceller.Process([], _sessionRate, _time.NowNs());
        _captured.WipeFree();
    }
}
