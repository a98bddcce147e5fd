using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>A loudspeaker through libasound. It starts when its buffer is full, or when who has written waits.</summary>
/// <remarks>
/// One thread calls everything but <see cref="Wake"/>, which any thread may call. Writing never blocks, waiting ends at its
/// deadline or a wake-up, and nothing allocates after opening. A plug-in over a sound server may block while it starts, stops
/// or recovers; a card does not.
/// </remarks>
public sealed partial class AlsaAudioSink : IAudioSink
{
    private readonly AlsaPcm _pcm;
    private readonly TimeProvider _time;
    private readonly StopTail _stop;
    private long _written;
    private bool _xrun, _waiting;

    private AlsaAudioSink(AlsaPcm pcm, TimeProvider time)
    {
        _pcm = pcm;
        _time = time;
        _stop = new StopTail(pcm.Format);
        _rewinds = CardChain.CanRewind(pcm.Dump());
        _margin = _stop.MarginFrames + (pcm.IsBatch ? pcm.Format.PeriodFrames : 0);
        if (_rewinds) Rehearse();
        // A card that reads on until its next interrupt reads silence, not what was heard a buffer ago.
        pcm.SetStart(pcm.Format.BufferFrames, silenceBehind: _rewinds);
    }

    /// <inheritdoc/>
    public AudioStreamFormat Format => _pcm.Format;

    /// <summary>Sample layout the device takes.</summary>
    public SampleFormat SampleFormat => _pcm.Layout;

    /// <inheritdoc/>
    public int Writable
    {
        get
        {
            if (_pcm.IsLost) return 0;
            if (_ending) return Format.BufferFrames;
            var available = _pcm.Available;
            if (available < 0) available = Mend(available) ? Format.BufferFrames : 0;
            return Math.Min(available, Format.BufferFrames);
        }
    }

    /// <summary>Opens a device, configured and not running.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses; the message says what to do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The settings are out of range.</exception>
    public static AlsaAudioSink Open(AlsaStreamSettings settings, TimeProvider time)
    {
        var pcm = AlsaPcm.Open(settings, capture: false, time);
        try
        {
            return new AlsaAudioSink(pcm, time);
        }
        catch (AlsaException e)
        {
            pcm.Dispose();
            throw OpenFailure.Of(settings.Device, settings.Device, capture: false, e);
        }
    }

    /// <inheritdoc/>
    public AudioWait Wait(int timeoutMs)
    {
        if (TakeXrun()) return AudioWait.Xrun;
        StartWritten();
        var result = _pcm.Wait(timeoutMs);
        if (result != AudioWait.Xrun || !_ending) return result;
        _ending = false;
        return AudioWait.Ready;
    }

    /// <inheritdoc/>
    public AudioWait Idle(int timeoutMs)
    {
        if (TakeXrun()) return AudioWait.Xrun;
        StartWritten();
        var deadline = _time.NowNs() + timeoutMs * 1_000_000L;
        while (true)
        {
            var leftNs = Math.Max(0, deadline - _time.NowNs());
            var result = _pcm.Idle((int)((leftNs + 999_999) / 1_000_000));
            if (result != AudioWait.Xrun || !_ending) return result;
            // The silence behind the last stop has gone out: that is no underrun.
            _ending = false;
        }
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        if (_pcm.IsLost || (_ending && !EndTail())) return 0;
        var frames = _pcm.Write(interleaved);
        if (frames < 0 && Mend(frames)) frames = _pcm.Write(interleaved);
        if (frames <= 0) return 0;
        _waiting = true;
        _stop.Keep(interleaved[..(frames * Format.Channels)], _written);
        _written += frames;
        return frames;
    }

    /// <inheritdoc/>
    public AudioSinkStatus Status()
    {
        if (_ending) return EndingStatus();
        var error = _pcm.ReadPosition(out var position);
        if (error < 0 || position.State is PcmState.Xrun or PcmState.Disconnected)
            return new AudioSinkStatus(_written, 0, position.TimeNs);
        return new AudioSinkStatus(_written, Math.Clamp(position.Delay, 0, _written), position.TimeNs);
    }

    /// <inheritdoc/>
    public void Wake() => _pcm.Wake();

    /// <summary>Closes the device; what has not been heard is discarded.</summary>
    public void Dispose() => _pcm.Dispose();

    // A sound server that starts with little in hand runs dry at once: so it gets all there is before it starts.
    private void StartWritten()
    {
        if (!_waiting) return;
        _waiting = false;
        if (!_pcm.IsLost && _pcm.State == PcmState.Prepared && _pcm.Start() < 0) _pcm.Lose();
    }

    // An underrun seen while writing is told by the next wait.
    private bool Mend(int error)
    {
        if (_pcm.Recover(error) != AudioWait.Xrun) return false;
        _xrun = !_ending;
        _ending = false;
        return true;
    }

    private bool TakeXrun()
    {
        var told = _xrun && !_pcm.IsLost;
        _xrun = false;
        return told;
    }
}
