using Alsa.Net;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Sound;

/// <summary>A loudspeaker through Alsa.Net: 16 bits, in the periods that ALSA chooses by itself.</summary>
/// <remarks>
/// <para>What cannot be had with this package: a period or buffer of one's own, the card's position, stopping at once, and going on after an
/// underrun, which loses the device until it is opened anew. So the card is never given more than a tenth of a second (two periods, where
/// those are longer) ahead of the clock, what was heard is reckoned by the clock, less whatever delay the card has, and
/// <see cref="Drop"/> lets what the card has been given play to its end and counts it as heard. A barge-in is as late as that.</para>
/// <para>Threads as <see cref="IAudioSink"/>; the package plays on one of ours, which takes samples from a queue.</para>
/// </remarks>
public sealed partial class AlsaNetSink : IAudioSink
{
    private readonly AlsaNetSettings _settings;
    private readonly TimeProvider _time;
    private readonly AlsaNetThread _thread;
    private readonly AutoResetEvent _signal = new(false);
    private readonly PlayQueue _queue;
    private int _woken;

    private AlsaNetSink(AlsaNetSettings settings, TimeProvider time, Func<SoundDeviceSettings, ISoundDevice> create)
    {
        (_settings, _time) = (settings, time);
        _thread = new AlsaNetThread("ev-alsanet-out", settings, create);
        // The end must also reach a thread that rests.
        _thread.Stop.Register(static work => ((AutoResetEvent)work!).Set(), _work);
        _thread.Open("playback", PlayAll, () => _signal.Set());
        _queue = _playing!;
        Format = new AudioStreamFormat(settings.Rate, settings.Channels, _periodFrames, RoomFrames + _aheadFrames);
    }

    /// <summary>The rate and channels asked for, the period the package plays in, and what it and our own queue hold together.</summary>
    public AudioStreamFormat Format { get; }

    /// <summary>Always <c>drain</c>: what the card has been given plays to its end.</summary>
    public string StopMethod => "drain";

    /// <inheritdoc/>
    public int Writable => _thread.HasEnded ? 0 : _queue.Room;

    /// <summary>Opens a device and has it play nothing, which tells its period.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses, or does not answer for 3 s.</exception>
    public static AlsaNetSink Open(AlsaNetSettings settings, TimeProvider time) => Open(settings, time, AlsaDeviceBuilder.Create);

    internal static AlsaNetSink Open(AlsaNetSettings settings, TimeProvider time, Func<SoundDeviceSettings, ISoundDevice> create) =>
        new(settings, time, create);

    /// <inheritdoc/>
    public AudioWait Wait(int timeoutMs) => Wait(timeoutMs, Format.PeriodFrames);

    /// <inheritdoc/>
    public AudioWait Idle(int timeoutMs) => Wait(timeoutMs, int.MaxValue);

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        if (_thread.HasEnded) return 0;
        var frames = _queue.Write(interleaved);
        if (frames > 0) Nudge();
        return frames;
    }

    /// <inheritdoc/>
    public AudioSinkStatus Status()
    {
        // In this order: of what is taken in between too much counts as unheard, never as heard.
        var waiting = _queue.Written - _queue.Given;
        var now = _time.NowNs();
        var delay = waiting + FramesUntil(Volatile.Read(ref _soundEndNs), now);
        return new AudioSinkStatus(_queue.Written, Math.Clamp(delay, 0, _queue.Written), now);
    }

    /// <summary>Discards what the card has not been given; the rest plays on and counts as heard. <paramref name="keep"/> makes no difference.</summary>
    public long Drop(int keep = 0)
    {
        var end = _queue.Drop();
        Nudge();
        return end;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        Volatile.Write(ref _woken, 1);
        _signal.Set();
    }

    /// <summary>
    /// Ends the playing when what the card has been given has sounded. A driver that hangs is left to its own thread after a second: the
    /// device stays open until it answers.
    /// </summary>
    public void Dispose()
    {
        _queue.Drop();
        _thread.Dispose();
    }

    private AudioWait Wait(int timeoutMs, int room)
    {
        var deadline = _time.NowNs() + timeoutMs * 1_000_000L;
        while (true)
        {
            if (_thread.HasEnded) return AudioWait.Lost;
            if (Interlocked.Exchange(ref _woken, 0) != 0) return AudioWait.Woken;
            if (Interlocked.Exchange(ref _underruns, 0) != 0) return AudioWait.Xrun;
            if (_queue.Room >= room) return AudioWait.Ready;
            var left = deadline - _time.NowNs();
            if (left <= 0) return AudioWait.TimedOut;
            _signal.WaitOne((int)((left + 999_999) / 1_000_000));
        }
    }
}
