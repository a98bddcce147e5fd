using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Capture;

// Off the steady path: opening, closing, losing the device, and what is done while there is none.
public sealed partial class CaptureLoop
{
    private const long RetryNs = 1_000_000_000;
    private const long StallNs = 2_000_000_000;
    private const int IdleMs = 500;
    private IAudioSource? _source;
    private CaptureChain? _chain;
    private AudioStreamFormat _format;
    private long _periodNs;
    private long _lastDataNs;
    private long _retryAtNs = long.MinValue;
    private long _seenReleases;
    private string? _reported;

    private void ApplyOrders()
    {
        var order = _control.Order;
        var releases = CaptureControl.Releases(order);
        if (releases != _seenReleases)
        {
            _seenReleases = releases;
            _canceller.ReleaseGate(_time.NowNs());
        }

        if (CaptureControl.IsClosed(order))
        {
            if (_source is not null || _control.Status != CaptureStatus.Closed) CloseSource(CaptureStatus.Closed);
            _retryAtNs = long.MinValue;
        }
        else if (_source is null && _time.NowNs() >= _retryAtNs)
        {
            OpenSource();
        }
    }

    private void OpenSource()
    {
        IAudioSource? source = null;
        try
        {
            source = _open();
            _format = source.Format;
            if (_channel >= _format.Channels) LogNoSuchChannel(_channel, _format.Channels);
            _chain = new CaptureChain(_format, _sessionRate, _channel, _canceller, _captured);
            source.Start();
        }
        catch (Exception e)
        {
            source?.Dispose();
            _chain = null;
            Miss(e.Message);
            return;
        }

        _periodNs = _format.PeriodFrames * 1_000_000_000L / _format.Rate;
        _lastDataNs = _time.NowNs();
        _settling = SettlingPeriods;
        lock (_sourceLock) _source = source;
        if (_reported is not null) LogBack(_format.Rate, _format.Channels);
        _reported = null;
        _control.Report(CaptureStatus.Open);
        _allocationMark = ThreadAllocations.Mark();
    }

    private void CloseSource(CaptureStatus status)
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

        _chain?.Wipe();
        _chain = null;
        _captured.WipeFree();
        _control.Report(status);
    }

    private void Lose(string why)
    {
        CloseSource(CaptureStatus.Missing);
        Miss(why);
    }

    private void Miss(string why)
    {
        _retryAtNs = _time.NowNs() + RetryNs;
        // Retries are silent until the reason changes.
        if (_reported != why) LogMissing(why);
        _reported = why;
        _control.Report(CaptureStatus.Missing);
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
