using Alsa.Net;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Sound;

/// <summary>A microphone through Alsa.Net: 16 bits, in the periods that ALSA chooses by itself.</summary>
/// <remarks>
/// <para>What cannot be had with this package: a period of one's own, the card's position (a block's time is when its callback came, less
/// its length), and going on after an overrun, which loses the device until it is opened anew. A rate that is not granted is not
/// told either, so a bare card is opened through ALSA's conversion (<see cref="AlsaNetSettings.Pcm"/>).</para>
/// <para>Threads as <see cref="IAudioSource"/>; the package records on one of ours, which copies each block into a queue. Recording runs from
/// opening on, since only its first block tells the period; what comes before <see cref="Start"/> is thrown away.</para>
/// </remarks>
public sealed partial class AlsaNetSource : IAudioSource
{
    private const int HeaderBytes = 44;
    private const int LeastQueueMs = 500;
    private const int LeastQueuePeriods = 8;
    private readonly AlsaNetSettings _settings;
    private readonly TimeProvider _time;
    private readonly AlsaNetThread _thread;
    private readonly AutoResetEvent _signal = new(false);
    private readonly BlockRing _blocks;
    private readonly short[] _pending;
    private BlockHeader _head;
    private int _taken, _wakeFrames;
    private long _read;

    // Written by the recording thread.
    private bool _isHeaderSeen;
    private int _periodFrames, _started, _woken, _overruns;
    private long _recorded, _accepted;

    private AlsaNetSource(AlsaNetSettings settings, TimeProvider time, Func<SoundDeviceSettings, ISoundDevice> create)
    {
        (_settings, _time) = (settings, time);
        _thread = new AlsaNetThread("ev-alsanet-in", settings, create);
        _thread.Open("capture", device => device.Record(OnBytes, _thread.Stop), () => _signal.Set());
        var queued = Math.Max(settings.Rate * LeastQueueMs / 1_000, LeastQueuePeriods * _periodFrames);
        Format = new AudioStreamFormat(settings.Rate, settings.Channels, _periodFrames, queued);
        // A block's header takes room, too; half as much again is ample.
        _blocks = new BlockRing((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(queued * settings.Channels * 3 / 2)));
        _pending = new short[_periodFrames * settings.Channels];
        _wakeFrames = _periodFrames;
    }

    /// <summary>The rate and channels asked for, the period that blocks came in, and the length of our own queue.</summary>
    public AudioStreamFormat Format { get; }

    /// <summary>Opens a device and waits for its first block.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses, or delivers nothing for 3 s.</exception>
    public static AlsaNetSource Open(AlsaNetSettings settings, TimeProvider time) => Open(settings, time, AlsaDeviceBuilder.Create);

    internal static AlsaNetSource Open(AlsaNetSettings settings, TimeProvider time, Func<SoundDeviceSettings, ISoundDevice> create) =>
        new(settings, time, create);

    /// <inheritdoc/>
    public void Start() => Volatile.Write(ref _started, 1);

    /// <inheritdoc/>
    public AudioWait Wait(int timeoutMs)
    {
        var deadline = _time.NowNs() + timeoutMs * 1_000_000L;
        while (true)
        {
            var hasEnded = _thread.HasEnded;
            if (Interlocked.Exchange(ref _woken, 0) != 0) return AudioWait.Woken;
            if (Interlocked.Exchange(ref _overruns, 0) != 0) return AudioWait.Xrun;
            var waiting = Volatile.Read(ref _accepted) - _read;
            if (waiting >= Volatile.Read(ref _wakeFrames) || (hasEnded && waiting > 0)) return AudioWait.Ready;
            if (hasEnded) return AudioWait.Lost;
            var left = deadline - _time.NowNs();
            if (left <= 0) return AudioWait.TimedOut;
            _signal.WaitOne((int)((left + 999_999) / 1_000_000));
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved, out long frame, out long timeNs)
    {
        var channels = Format.Channels;
        var most = interleaved.Length / channels;
        if (!HasPending())
        {
            (frame, timeNs) = (_head.Frame + _taken, _time.NowNs());
            return 0;
        }

        (frame, timeNs) = (_head.Frame + _taken, _head.TimeNs + FramesToNs(_taken));
        var done = 0;
        while (done < most && HasPending() && _head.Frame + _taken == frame + done)
        {
            var count = Math.Min(most - done, _head.Count / channels - _taken);
            PcmConvert.ToFloat(_pending.AsSpan(_taken * channels, count * channels), interleaved[(done * channels)..]);
            _taken += count;
            done += count;
        }

        _read += done;
        return done;
    }

    /// <inheritdoc/>
    public void SetWakePeriod(int frames) => Volatile.Write(ref _wakeFrames, frames);

    /// <inheritdoc/>
    public void Wake()
    {
        Volatile.Write(ref _woken, 1);
        _signal.Set();
    }

    /// <summary>
    /// Ends the recording, which closes the device within one period. A driver that hangs is left to its own thread after a second:
    /// the device stays open until it answers.
    /// </summary>
    public void Dispose() => _thread.Dispose();

    private bool HasPending()
    {
        if (_taken < _head.Count / Format.Channels) return true;
        // An empty queue clears the header; the place is kept.
        if (!_blocks.TryRead(out var next, _pending)) return false;
        (_head, _taken) = (next, 0);
        return true;
    }

    private long FramesToNs(long frames) => (long)(frames * 1e9 / _settings.Rate);
}
