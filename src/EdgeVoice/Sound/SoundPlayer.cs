using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Sound;

/// <summary>Plays a sound to its end, or until it is told to stop.</summary>
/// <remarks>One thread runs <see cref="Run"/>; the counts are read when it has returned.</remarks>
internal sealed class SoundPlayer(IAudioSink sink, string device, TimeProvider time)
{
    private const int WaitMs = 200;
    private const long StallNs = 2_000_000_000;
    private readonly float[] _silence = new float[sink.Format.BufferFrames * sink.Format.Channels];
    private long _heard, _heardNs;

    /// <summary>Times the card ran dry.</summary>
    public int Underruns { get; private set; }

    /// <summary>
    /// Plays interleaved frames with the card's rate and channels; silence follows until the last of them has been heard. False
    /// when it was stopped before.
    /// </summary>
    /// <exception cref="AudioDeviceException">The device is gone, or its position stands still for 2 s.</exception>
    public bool Run(ReadOnlySpan<float> frames, CancellationToken stop)
    {
        using var wake = stop.Register(sink.Wake);
        var channels = sink.Format.Channels;
        var total = frames.Length / channels;
        _heardNs = time.NowNs();
        for (long written = 0; ;)
        {
            var status = sink.Status();
            if (status.Written - status.Delay >= total) break;
            if (stop.IsCancellationRequested)
            {
                sink.Drop();
                return false;
            }

            Watch(status);
            var next = written < total ? frames[(int)(written * channels)..] : _silence;
            var taken = sink.Write(next[..(Math.Min(next.Length / channels, Math.Max(0, sink.Writable)) * channels)]);
            written += taken;
            if (taken > 0 && sink.Writable >= sink.Format.PeriodFrames) continue;
            var wait = sink.Wait(WaitMs);
            if (wait == AudioWait.Lost) throw new AudioDeviceException($"playback device '{device}' is gone: plug it in again");
            if (wait == AudioWait.Xrun) Underruns++;
        }

        sink.Drop();
        return true;
    }

    private void Watch(in AudioSinkStatus status)
    {
        var now = time.NowNs();
        if (status.Written - status.Delay != _heard) (_heard, _heardNs) = (status.Written - status.Delay, now);
        else if (now - _heardNs > StallNs)
            throw new AudioDeviceException($"playback device '{device}' has stood still for 2 s: plug it in again, or choose another");
    }
}
