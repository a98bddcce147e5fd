using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Core.Playback;

/// <content>Everything once on dummy data, so that nothing is compiled in the first answer.</content>
public sealed partial class PlaybackLoop
{
    /// <summary>
    /// Runs every path of a loop like this one on silence and throwaway queues, with and without resampling. Takes some tens of
    /// milliseconds; call it before <see cref="Start"/>. Neither the queues nor the device are touched.
    /// </summary>
    public void WarmUp()
    {
        // Too loud on purpose: the limiter has to work.
        var clip = new float[400];
        Array.Fill(clip, 1.5f);
        SoundClip[] clips = [new(clip, IsSpoken: true), new(clip)];
        foreach (var format in (ReadOnlySpan<AudioStreamFormat>)
            [new(_sessionRate, 1, _sessionRate / 100, _sessionRate * 3 / 100), new(_sessionRate * 2, 2, _sessionRate / 50, _sessionRate * 3 / 50)])
        {
            var queues = new PlaybackQueues(1 << 16, 16, 1 << 10, 1 << 16, 4);
            using var loop = new PlaybackLoop(
                () => new WarmUpSink(format, _time), queues, new PlaybackControl(), _sessionRate, clips, _time,
                NullLogger<PlaybackLoop>.Instance);
            loop.Rehearse(queues, loop._control);
        }
    }

    private void Rehearse(PlaybackQueues queues, PlaybackControl control)
    {
        var item = new AudioItem("", "", 0, _sessionRate);
        var silence = new short[_sessionRate / 10];
        for (var round = 0; round < 3; round++)
        {
            queues.Segments.TryWrite(new PlaybackSegment(queues.Samples.WritePosition, item, 0, control.Epoch));
            queues.Samples.Write(silence);
            Steps(5);
            queues.Clips.TryWrite(0);
            queues.Clips.TryWrite(1);
            queues.Clips.TryWrite(PlaybackQueues.Hush);
            control.SetGain(0.5f);
            Steps(5);
            control.Pause();
            Steps(1);
            control.Resume();
            Steps(40);
            queues.Samples.Write(silence);
            Steps(3);
            control.Flush();
            Steps(40);
            while (queues.Marks.TryRead(out _)) { }
        }

        Lose("rehearsal");
        Step();
        Close();
    }

    private void Steps(int count)
    {
        for (var i = 0; i < count; i++) Step();
    }

    /// <summary>Takes everything and hears one period a wait.</summary>
    private sealed class WarmUpSink(AudioStreamFormat format, TimeProvider time) : IAudioSink
    {
        private long _written, _heard;

        public AudioStreamFormat Format => format;

        public int Writable => format.BufferFrames - (int)(_written - _heard);

        public AudioWait Wait(int timeoutMs)
        {
            _heard = Math.Min(_written, _heard + format.PeriodFrames);
            return AudioWait.Ready;
        }

        public AudioWait Idle(int timeoutMs)
        {
            _heard = Math.Min(_written, _heard + format.PeriodFrames);
            return AudioWait.TimedOut;
        }

        public int Write(ReadOnlySpan<float> interleaved)
        {
            var frames = Math.Min(Writable, interleaved.Length / format.Channels);
            _written += frames;
            return frames;
        }

        public AudioSinkStatus Status() => new(_written, _written - _heard, Diagnostics.MonotonicClock.NowNs(time));

        public long Drop(int keep = 0) => _written = _heard;

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }
}
