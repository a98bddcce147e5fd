using System.Runtime.InteropServices;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Echo;
using EdgeVoice.Core.Playback;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Rig.World;

/// <summary>The device's ear and mouth with nobody between them: what it hears it says, half a second later, through both audio threads.</summary>
internal sealed class Repeater : IDisposable
{
    private const int Rate = 24_000;
    private const int Ahead = Rate / 2;
    private readonly PlaybackQueues _queues = new();
    private readonly PlaybackControl _playbackControl = new();
    private readonly CaptureControl _captureControl = new();
    private readonly BlockRing _captured = new(1 << 18);
    private readonly CaptureLoop _capture;
    private readonly PlaybackLoop _playback;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stopping = new();

    public Repeater(AlsaStreamSettings microphone, AlsaStreamSettings loudspeaker, TimeProvider time)
    {
        _playback = new PlaybackLoop(
            () => AlsaAudioSink.Open(loudspeaker, time), _queues, _playbackControl, Rate, null, time, NullLogger<PlaybackLoop>.Instance,
            () => RealTimeThread.TryRaise());
        _capture = new CaptureLoop(
            () => AlsaAudioSource.Open(microphone, time), _captured, _captureControl, new NoEchoCanceller(), Rate, 0, time, NullLogger.Instance, null,
            () => RealTimeThread.TryRaise());
        _playback.WarmUp();
        _capture.WarmUp();
        _playback.Start();
        _capture.Start();
        _thread = new Thread(Run) { Name = "rig-repeat", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Xruns, underruns, losses and dropped frames of both.</summary>
    public long Faults => _playback.Counters.Xruns + _playback.Counters.Underruns + _playback.Counters.Losses + _capture.Xruns + _capture.Losses
        + _capture.DroppedFrames;

    /// <summary>The microphone is open and delivers.</summary>
    public bool Hears => _capture.Periods > 0;

    /// <summary>Frames a second the loudspeaker granted; 0 before it is open.</summary>
    public int LoudspeakerRate => _playbackControl.Status.Rate;

    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
        _capture.Dispose();
        _playback.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        var block = new short[1 << 14];
        var started = false;
        _queues.Segments.TryWrite(new PlaybackSegment(0, new AudioItem("repeated", "repeated", 0, Rate), 0, _playbackControl.Epoch));
        var waiting = new List<short>();
        while (!_stopping.Wait(5))
        {
            while (_queues.Marks.TryRead(out _)) { }
            while (_queues.Reference.TryRead(out _, block)) { }
            while (_captured.TryRead(out var header, block)) waiting.AddRange(block.AsSpan(0, header.Count));
            if (!started && waiting.Count < Ahead) continue;
            started = true;
            _queues.Samples.Write(CollectionsMarshal.AsSpan(waiting));
            waiting.Clear();
            _playback.Wake();
        }
    }
}
