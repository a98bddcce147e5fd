using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Sound;

/// <summary>Reads one channel of a microphone until it is told to stop. Frames that the card lost come out as silence, so that time stays right.</summary>
/// <remarks>One thread runs <see cref="Run"/>; the counts are read when it has returned.</remarks>
internal sealed class SoundReader(IAudioSource source, string device, int channel, TimeProvider time)
{
    private const int WaitMs = 200;
    private const long StallNs = 2_000_000_000;
    private const int BlockMs = 100;
    private readonly AudioStreamFormat _format = source.Format;
    private long _expected, _lastNs;

    /// <summary>Takes mono samples at the card's rate, which it may alter; false ends the reading.</summary>
    public delegate bool Taker(Span<float> mono);

    /// <summary>Times that frames were lost.</summary>
    public int Overruns { get; private set; }

    /// <summary>Frames that were lost.</summary>
    public long LostFrames { get; private set; }

    /// <summary>Starts the microphone and reads until <paramref name="take"/> or <paramref name="stop"/> ends it.</summary>
    /// <exception cref="AudioDeviceException">The device does not start, is gone, or delivers nothing for 2 s.</exception>
    public void Run(Taker take, CancellationToken stop)
    {
        using var wake = stop.Register(source.Wake);
        var block = Math.Max(1, _format.Rate * BlockMs / 1000);
        var (interleaved, mono) = (new float[block * _format.Channels], new float[block]);
        source.Start();
        _lastNs = time.NowNs();
        while (!stop.IsCancellationRequested)
        {
            var wait = source.Wait(WaitMs);
            if (wait == AudioWait.Lost) throw new AudioDeviceException($"capture device '{device}' is gone: plug it in again");
            if (wait == AudioWait.Xrun) Overruns++;
            if (!ReadAll(interleaved, mono, take)) return;
            if (time.NowNs() - _lastNs > StallNs)
                throw new AudioDeviceException($"capture device '{device}' has delivered nothing for 2 s: plug it in again, or choose another");
        }
    }

    private bool ReadAll(float[] interleaved, float[] mono, Taker take)
    {
        int frames;
        do
        {
            frames = source.Read(interleaved, out var frame, out _);
            if (frames <= 0) return true;
            _lastNs = time.NowNs();
            if (!FillGap(frame, mono, take)) return false;
            _expected = frame + frames;
            var block = mono.AsSpan(0, frames);
            ChannelMixer.ToMono(interleaved.AsSpan(0, frames * _format.Channels), _format.Channels, channel, block);
            if (!take(block)) return false;
        }
        while (frames == mono.Length);
        return true;
    }

    private bool FillGap(long frame, float[] mono, Taker take)
    {
        var lost = Math.Max(0, frame - _expected);
        LostFrames += lost;
        for (; lost > 0; lost -= mono.Length)
        {
            var silence = mono.AsSpan(0, (int)Math.Min(lost, mono.Length));
            silence.Clear();
            if (!take(silence)) return false;
        }

        return true;
    }
}
