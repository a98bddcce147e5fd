using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Echo;
using EdgeVoice.Core.Playback;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks;

/// <summary>The device's own playback and capture loops over libasound, one playing <see cref="SoakSignal"/>, the other recording it.</summary>
/// <remarks>One thread calls <see cref="Serve"/> every few milliseconds: the feeder of the one and the reader of the other.</remarks>
internal sealed class SoakRig : IDisposable
{
    private const int Rate = 24_000;
    private const int Ahead = Rate;

    // A machine that has other work makes a server late, which it tells nobody; what is looked for are our own faults.
    private const int Periods = 30;
    private readonly PlaybackQueues _queues = new();
    private readonly PlaybackControl _playbackControl = new();
    private readonly CaptureControl _captureControl = new();
    private readonly BlockRing _captured = new(1 << 18);
    private readonly short[] _block = new short[1 << 14];
    private long _sent, _allocatedBefore;

    public SoakRig(string loudspeaker, string microphone, TimeProvider time)
    {
        Playback = new PlaybackLoop(
            () => AlsaAudioSink.Open(new AlsaStreamSettings(loudspeaker, Rate) { Periods = Periods }, time), _queues, _playbackControl, Rate, null, time,
            NullLogger<PlaybackLoop>.Instance, () => RealTimeThread.TryRaise());
        Capture = new CaptureLoop(
            () => AlsaAudioSource.Open(new AlsaStreamSettings(microphone, Rate) { Periods = Periods }, time), _captured, _captureControl, new NoEchoCanceller(),
            Rate, 0, time, NullLogger.Instance, null, () => RealTimeThread.TryRaise());
        Playback.WarmUp();
        Capture.WarmUp();
        Capture.Start();
        Playback.Start();
        _queues.Segments.TryWrite(new PlaybackSegment(0, new AudioItem("soak", "soak", 0, Rate), 0, _playbackControl.Epoch));
    }

    public PlaybackLoop Playback { get; }

    public CaptureLoop Capture { get; }

    public SoakJudge Judge { get; } = new(5 * Rate);

    /// <summary>Blocks that did not follow the one before, but for the very first.</summary>
    public int Jumps { get; private set; } = -1;

    /// <summary>Why a device is missing, or null.</summary>
    public string? Problem => _playbackControl.Problem ?? _captureControl.Problem;

    public long Faults => Playback.Counters.Xruns + Playback.Counters.Underruns + Playback.Counters.Losses + Capture.Xruns + Capture.Losses
        + Capture.DroppedFrames + Math.Max(0, Jumps);

    /// <summary>Bytes allocated on the two audio threads since <see cref="Settle"/>.</summary>
    public long AllocatedBytes => Playback.Counters.AllocatedBytes + Capture.AllocatedBytes - _allocatedBefore;

    /// <summary>Opening and first sounds are over: what is allocated from here on is a fault.</summary>
    public void Settle() => _allocatedBefore = Playback.Counters.AllocatedBytes + Capture.AllocatedBytes;

    /// <summary>Gives the one what it will play within a second and takes from the other what it has heard.</summary>
    public void Serve()
    {
        while (_captured.TryRead(out var header, _block))
        {
            if ((header.Flags & CaptureLoop.Discontinuity) != 0) Jumps++;
            Judge.Add(_block.AsSpan(0, header.Count));
        }

        while (_queues.Marks.TryRead(out _))
        {
        }

        while (_queues.Reference.TryRead(out _, _block))
        {
        }

        // The recording first: the beginning of the sound is to be in it.
        if (Capture.Periods == 0 || _queues.Samples.Count >= Ahead) return;
        var samples = _block.AsSpan(0, Rate / 10);
        while (_queues.Samples.Count < Ahead)
        {
            SoakSignal.Fill(_sent, samples);
            _sent += _queues.Samples.Write(samples);
        }

        Playback.Wake();
    }

    public void Dispose()
    {
        Playback.Dispose();
        Capture.Dispose();
    }
}
