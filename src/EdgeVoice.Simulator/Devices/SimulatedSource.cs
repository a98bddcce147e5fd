using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Devices;

/// <summary>
/// A virtual microphone whose frames come at the pace of the monotonic clock: frame k has been captured k / rate seconds
/// after <see cref="Start"/>, and can be read one frame later. It may be started again after it was disposed.
/// </summary>
/// <remarks>
/// The contract of <see cref="IAudioSource"/>: one thread calls everything but <see cref="Wake"/>. A reader later than the
/// buffer loses frames, as on a card, and is told <see cref="AudioWait.Xrun"/>. Nothing allocates after the first call.
/// </remarks>
public abstract class SimulatedSource : IAudioSource
{
    /// <summary>Frames a second unless a file says otherwise.</summary>
    public const int DefaultRate = 24_000;

    /// <summary>Default period in milliseconds.</summary>
    public const int DefaultPeriodMs = 10;

    /// <summary>Periods the buffer holds: half a second, so that a busy machine loses nothing of what is said.</summary>
    public const int BufferPeriods = 50;

    private readonly AutoResetEvent _signal = new(false);
    private int _wakeFrames;
    private int _woken;

    /// <summary>Creates a source that is not running yet.</summary>
    /// <param name="rate">Frames a second, 1,000 to 384,000.</param>
    /// <param name="channels">Samples a frame, 1 to 64.</param>
    /// <param name="time">Clock.</param>
    /// <param name="periodMs">Milliseconds between two wake-ups, 1 to 100.</param>
    protected SimulatedSource(int rate, int channels, TimeProvider time, int periodMs = DefaultPeriodMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 384_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(periodMs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(periodMs, 100);
        var period = rate * periodMs / 1000;
        Format = new AudioStreamFormat(rate, channels, period, period * BufferPeriods);
        _wakeFrames = period;
        Time = time;
    }

    /// <inheritdoc/>
    public AudioStreamFormat Format { get; }

    /// <summary>Clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Where absolute frames lie on the monotonic clock.</summary>
    private protected SimulatedSourceClock Clock { get; set; }

    /// <summary>Absolute frame the next read begins with.</summary>
    protected long NextFrame { get; private set; }

    /// <inheritdoc/>
    public virtual void Start()
    {
        NextFrame = 0;
        Clock = new SimulatedSourceClock(Time.NowNs(), Format.Rate);
    }

    /// <inheritdoc/>
    public AudioWait Wait(int timeoutMs)
    {
        var now = Time.NowNs();
        var deadline = now + timeoutMs * 1_000_000L;
        while (true)
        {
            if (Interlocked.Exchange(ref _woken, 0) != 0) return AudioWait.Woken;
            if (Overrun(now)) return AudioWait.Xrun;
            var due = DueNs(now);
            if (due <= now) return AudioWait.Ready;
            if (deadline <= now) return AudioWait.TimedOut;
            _signal.WaitOne((int)((Math.Min(due, deadline) - now + 999_999) / 1_000_000));
            now = Time.NowNs();
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved, out long frame, out long timeNs)
    {
        var count = Take(Time.NowNs(), interleaved.Length / Format.Channels);
        frame = NextFrame;
        timeNs = Clock.TimeOf(frame);
        if (count == 0) return 0;
        Fill(frame, interleaved[..(count * Format.Channels)]);
        NextFrame += count;
        return count;
    }

    /// <inheritdoc/>
    public void SetWakePeriod(int frames) => _wakeFrames = Math.Clamp(frames, 1, Format.BufferFrames);

    /// <inheritdoc/>
    public void Wake()
    {
        Interlocked.Exchange(ref _woken, 1);
        _signal.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the device; <see cref="Start"/> may follow.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>
    /// Fills the span with whole frames, from absolute <paramref name="frame"/> on, on the reading thread, without allocating.
    /// </summary>
    protected abstract void Fill(long frame, Span<float> interleaved);

    /// <summary>Frames that must be there before a wait ends.</summary>
    private protected int WakeFrames => _wakeFrames;

    /// <summary>Monotonic time at which the next period can be read.</summary>
    private protected virtual long DueNs(long now) => Clock.TimeOf(NextFrame + _wakeFrames);

    /// <summary>How many frames a read gets now, 0 to <paramref name="most"/>.</summary>
    private protected virtual int Take(long now, int most) => (int)Math.Clamp(Clock.FramesAt(now) - NextFrame, 0, most);

    /// <summary>True when the reader came too late; what was lost is skipped.</summary>
    private protected virtual bool Overrun(long now)
    {
        var captured = Clock.FramesAt(now);
        if (captured - NextFrame <= Format.BufferFrames) return false;
        NextFrame = captured;
        return true;
    }

    /// <summary>Lets a running <see cref="Wait"/> look again at what is due.</summary>
    private protected void Signal() => _signal.Set();
}
