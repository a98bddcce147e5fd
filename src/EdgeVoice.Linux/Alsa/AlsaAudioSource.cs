using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>A microphone through libasound.</summary>
/// <remarks>
/// One thread calls everything but <see cref="Wake"/>, which any thread may call. Reading never blocks, waiting ends at its
/// deadline or a wake-up, and nothing allocates after opening. A plug-in over a sound server may block while it starts, stops
/// or recovers; a card does not.
/// </remarks>
public sealed class AlsaAudioSource : IAudioSource
{
    private readonly AlsaPcm _pcm;
    private readonly TimeProvider _time;
    private readonly string _device;
    private long _next, _anchorFrame, _anchorNs;

    private AlsaAudioSource(AlsaPcm pcm, string device, TimeProvider time)
    {
        _pcm = pcm;
        _device = device;
        _time = time;
    }

    /// <inheritdoc/>
    public AudioStreamFormat Format => _pcm.Format;

    /// <summary>Sample layout the device delivers.</summary>
    public SampleFormat SampleFormat => _pcm.Layout;

    /// <summary>Opens a device, configured and not running.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses; the message says what to do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The settings are out of range.</exception>
    public static AlsaAudioSource Open(AlsaStreamSettings settings, TimeProvider time) =>
        new(AlsaPcm.Open(settings, capture: true, time), settings.Device, time);

    /// <inheritdoc/>
    public void Start()
    {
        var error = _pcm.Start();
        if (error < 0) throw new AudioDeviceException($"capture device '{_device}' does not start: {AlsaNative.ErrorText(error)}; plug it in again");
        Anchor(_time.NowNs());
    }

    /// <inheritdoc/>
    public AudioWait Wait(int timeoutMs)
    {
        var result = _pcm.Wait(timeoutMs);
        return result == AudioWait.Xrun ? Restart() : result;
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved, out long frame, out long timeNs)
    {
        frame = _next;
        timeNs = TimeOf(frame);
        // What is wrong with the stream the next wait finds, and mends.
        if (_pcm.IsLost || _pcm.ReadPosition(out var position) < 0 || position.State != PcmState.Running) return 0;
        Anchor(position.TimeNs - FramesToNs(position.Delay));
        timeNs = _anchorNs;
        var frames = _pcm.Read(interleaved);
        if (frames <= 0) return 0;
        _next += frames;
        return frames;
    }

    /// <inheritdoc/>
    public void SetWakePeriod(int frames) => _pcm.SetWakeFrames(frames);

    /// <inheritdoc/>
    public void Wake() => _pcm.Wake();

    /// <summary>Closes the device.</summary>
    public void Dispose() => _pcm.Dispose();

    // What was in the buffer is lost with it, and so is the time until now.
    private AudioWait Restart()
    {
        if (_pcm.Start() < 0) return _pcm.Lose();
        var now = _time.NowNs();
        var lost = (long)Math.Round((now - TimeOf(_next)) * (double)Format.Rate / 1e9);
        _next += Math.Max(0, lost);
        Anchor(now);
        return AudioWait.Xrun;
    }

    private void Anchor(long timeNs)
    {
        _anchorFrame = _next;
        _anchorNs = timeNs;
    }

    private long TimeOf(long frame) => _anchorNs + FramesToNs(frame - _anchorFrame);

    private long FramesToNs(long frames) => (long)(frames * 1e9 / Format.Rate);
}
