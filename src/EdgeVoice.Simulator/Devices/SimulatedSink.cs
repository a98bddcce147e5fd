using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Devices;

/// <summary>
/// A loudspeaker without hardware: a card that consumes frames by the monotonic clock from the first write on, with a real
/// buffer, delay and underrun. What was heard, and only that, goes to a WAV file or nowhere.
/// </summary>
/// <remarks>
/// One thread uses it; <see cref="Wake"/> and <see cref="Starts"/> are for any thread. Nothing allocates after construction
/// but one entry in <see cref="Starts"/> now and then.
/// </remarks>
public sealed class SimulatedSink : IAudioSink
{
    /// <summary>A mono card at 24 kHz with three periods of 10 ms.</summary>
    public static readonly AudioStreamFormat DefaultFormat = new(24_000, 1, 240, 720);

    private readonly TimeProvider _time;
    private readonly long _openedNs;
    private readonly short[] _held;
    private readonly SimulatedSinkTap? _tap;
    private readonly AutoResetEvent _woken = new(false);
    private readonly SimulatedSinkStarts _starts = new();
    private long _written, _played, _fileFrames;
    private long _startFrame, _startNs;
    private bool _running, _ranDry;

    /// <summary>Opens the card.</summary>
    /// <param name="time">Monotonic clock that the card runs by.</param>
    /// <param name="wavPath">WAV file (16-bit, the card's rate and channels), or null to hear nothing.</param>
    /// <param name="format">Rate, channels, period and buffer; <see cref="DefaultFormat"/> by default.</param>
    /// <exception cref="AudioDeviceException">The file cannot be created.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The format is no card's.</exception>
    public SimulatedSink(TimeProvider time, string? wavPath = null, AudioStreamFormat? format = null)
    {
        Format = format ?? DefaultFormat;
        var (rate, channels, period, buffer) = Format;
        if (rate is < 4000 or > 192_000 || channels is < 1 or > 8 || period < 1 || buffer < period)
            throw new ArgumentOutOfRangeException(nameof(format), Format, "4,000 to 192,000 Hz, 1 to 8 channels, a buffer of a period or more");
        _time = time;
        _held = new short[buffer * channels];
        if (wavPath is not null) _tap = SimulatedSinkTap.Open(wavPath, rate, channels, time);
        _openedNs = time.NowNs();
    }

    /// <inheritdoc/>
    public AudioStreamFormat Format { get; }

    /// <inheritdoc/>
    public int Writable
    {
        get
        {
            Advance();
            return Format.BufferFrames - (int)(_written - _played);
        }
    }

    /// <summary>
    /// Where each stretch of sound lies in the file: card frames count what was played, the file is a real-time line since the
    /// opening with silence where the card stood still. In order; between two entries both run side by side.
    /// </summary>
    public IReadOnlyList<SimulatedSinkStart> Starts => _starts.Snapshot();

    /// <summary>Frames heard that the file was too slow for.</summary>
    public long LostFileFrames => _tap?.LostFrames ?? 0;

    /// <summary>Why the file gets nothing more (disk full, reader gone), or null while all is well.</summary>
    public string? FileFailure => _tap?.Failure;

    /// <summary>Opens a device string: <c>wav:PATH</c> or <c>null</c>.</summary>
    /// <exception cref="AudioDeviceException">The string is neither, or the file cannot be created.</exception>
    public static SimulatedSink Open(string device, TimeProvider time, AudioStreamFormat? format = null)
    {
        if (device == "null") return new SimulatedSink(time, null, format);
        if (device.StartsWith("wav:", StringComparison.Ordinal) && device.Length > 4) return new SimulatedSink(time, device[4..], format);
        throw new AudioDeviceException($"playback device '{device}': not a virtual loudspeaker; use wav:PATH or null");
    }

    /// <summary>Place in the file of a card frame that has been played or written, or null before the first sound.</summary>
    public long? FileFrameOf(long cardFrame) => _starts.FileFrameOf(cardFrame);

    /// <inheritdoc/>
    public AudioWait Wait(int timeoutMs)
    {
        var deadline = _time.NowNs() + timeoutMs * 1_000_000L;
        while (true)
        {
            if (_woken.WaitOne(0)) return AudioWait.Woken;
            var now = Advance();
            if (_ranDry)
            {
                _ranDry = false;
                return AudioWait.Xrun;
            }

            var readyAt = Format.BufferFrames - Format.PeriodFrames;
            if (_written - _played <= readyAt) return AudioWait.Ready;
            if (now >= deadline) return AudioWait.TimedOut;
            var readyNs = _startNs + FramesToNs(_written - readyAt - _startFrame);
            if (_woken.WaitOne(CeilingMs(Math.Min(deadline, readyNs) - now))) return AudioWait.Woken;
        }
    }

    /// <inheritdoc/>
    public AudioWait Idle(int timeoutMs) => _woken.WaitOne(Math.Max(0, timeoutMs)) ? AudioWait.Woken : AudioWait.TimedOut;

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        var now = Advance();
        var channels = Format.Channels;
        var frames = Math.Min(interleaved.Length / channels, Format.BufferFrames - (int)(_written - _played));
        if (frames == 0) return 0;
        var at = (int)(_written % Format.BufferFrames);
        var first = Math.Min(frames, Format.BufferFrames - at);
        PcmConvert.ToInt16(interleaved[..(first * channels)], _held.AsSpan(at * channels));
        PcmConvert.ToInt16(interleaved[(first * channels)..(frames * channels)], _held);
        if (!_running) StartAt(now);
        _written += frames;
        return frames;
    }

    /// <inheritdoc/>
    public AudioSinkStatus Status()
    {
        var now = Advance();
        return new AudioSinkStatus(_written, _written - _played, now);
    }

    /// <inheritdoc/>
    public long Drop(int keep = 0)
    {
        Advance();
        Play(Math.Min(_written, _played + Math.Max(0, keep)));
        _written = _played;
        SetRunning(false);
        _ranDry = false;
        return _played;
    }

    /// <inheritdoc/>
    public void Wake() => _woken.Set();

    /// <summary>Stops, and completes the file with what was heard until now.</summary>
    public void Dispose()
    {
        Drop();
        _tap?.Dispose();
    }

    private void StartAt(long now)
    {
        var line = (long)((now - _openedNs) * (double)Format.Rate / 1e9);
        if (line > _fileFrames)
        {
            _tap?.WriteSilence(line - _fileFrames);
            _fileFrames = line;
        }

        SetRunning(true);
        _startFrame = _written;
        _startNs = now;
        _starts.Add(new SimulatedSinkStart(_written, _fileFrames, now));
    }

    private long Advance()
    {
        var now = _time.NowNs();
        if (!_running) return now;
        var reached = _startFrame + (long)((now - _startNs) * (double)Format.Rate / 1e9);
        Play(Math.Min(reached, _written));
        if (reached > _written)
        {
            SetRunning(false);
            _ranDry = true;
        }

        return now;
    }

    private void Play(long until)
    {
        while (_played < until)
        {
            var at = (int)(_played % Format.BufferFrames);
            var frames = (int)Math.Min(until - _played, Format.BufferFrames - at);
            _tap?.Write(_held.AsSpan(at * Format.Channels, frames * Format.Channels));
            _played += frames;
            _fileFrames += frames;
        }
    }

    private void SetRunning(bool running)
    {
        _running = running;
        if (_tap is not null) _tap.IsSounding = running;
    }

    private long FramesToNs(long frames) => frames * 1_000_000_000L / Format.Rate;

    private static int CeilingMs(long ns) => (int)(Math.Max(0, ns + 999_999) / 1_000_000);
}
