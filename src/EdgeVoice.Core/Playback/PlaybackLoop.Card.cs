using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Playback;

/// <content>The card: opening and losing it, feeding it, stopping it.</content>
public sealed partial class PlaybackLoop
{
    private readonly Lock _swap = new();
    private IAudioSink? _sink;
    private PlaybackMixer? _mixer;
    private AudioStreamFormat _format;
    private long _lowWater;
    private long _offset, _written, _heardFrame;
    private long _openDueNs = long.MinValue;
    private long _allocatedBefore;
    private bool _running, _missingTold;

    private int MsToOpen => (int)Math.Clamp((_openDueNs - _time.NowNs()) / 1_000_000 + 1, 1, IdleMs);

    private bool TryOpen()
    {
        if (_time.NowNs() < _openDueNs) return false;
        try
        {
            var sink = _open();
            _format = sink.Format;
            _mixer = new PlaybackMixer(_format, _sessionRate);
            // Less than this ahead and silence goes out: enough for a late wake-up, little enough to be quick.
            _lowWater = Math.Max(_format.PeriodFrames, _format.BufferFrames / 2);
            // Card frames go on where the last device ended.
            _offset = _written - sink.Status().Written;
            lock (_swap) _sink = sink;
            LogOpened(_format.Rate, _format.Channels, _format.PeriodFrames, _format.BufferFrames);
            _missingTold = false;
            Tell(PlaybackDeviceState.Stopped);
        }
        catch (IOException e)
        {
            // Once, not every second.
            if (!_missingTold) LogMissing(e.Message);
            _missingTold = true;
            Tell(PlaybackDeviceState.Missing);
            _openDueNs = _time.NowNs() + ReopenNs;
        }

        MeasureFromHere();
        return _sink is not null;
    }

    private void Lose(string why)
    {
        Counters.CountLoss();
        if (_running) Cut(_heardFrame);
        var sink = _sink;
        lock (_swap) _sink = null;
        sink?.Dispose();
        LogLost(why);
        _missingTold = true;
        Tell(PlaybackDeviceState.Missing);
        _openDueNs = _time.NowNs() + ReopenNs;
        MeasureFromHere();
    }

    private void Close()
    {
        try
        {
            StopCard();
        }
        catch (AudioDeviceException e)
        {
            LogLost(e.Message);
        }

        var sink = _sink;
        lock (_swap) _sink = null;
        sink?.Dispose();
        Tell(PlaybackDeviceState.Stopped);
    }

    // True when the card takes no more, false when there is nothing more to give.
    private bool Fill(IAudioSink sink)
    {
        if (!Push(sink)) return true;
        while (true)
        {
            var room = sink.Writable;
            var most = room < _format.PeriodFrames ? 0 : _mixer!.InputFor(room);
            if (most == 0) return true;
            if (!_clock.HasRoom) return false;
            var count = _reader.Read(_mixer!.Input[..most], out var position);
            if (count == 0 && !NeedsSilence) return false;
            if (!_running) Begin();
            if (count > 0) _clock.FedAnswer(position, count);
            else _clock.FedOther(most, _mixer.HasClip);
            _mixer.Stage(count, count > 0 ? count : most);
            if (!Push(sink)) return true;
        }
    }

    private bool NeedsSilence =>
        _mixer!.HasClip || ((_running || _clock.AnswerLasts) && _written - _heardFrame < _lowWater);

    private void Begin()
    {
        _mixer!.Begin();
        _clock.Begin(_written, _time.NowNs(), _format.Rate, _mixer.LatencyFrames);
        _heardFrame = _written;
        _running = true;
        Tell(PlaybackDeviceState.Running);
    }

    private bool Push(IAudioSink sink)
    {
        while (_mixer!.Staged.Length > 0)
        {
            var frames = sink.Write(_mixer.Staged);
            if (frames <= 0) return false;
            Refer(_written, _mixer.Take(frames), 0);
            _written += frames;
            Counters.CountFrames(frames);
        }

        return true;
    }

    private void Hear(IAudioSink sink)
    {
        var status = sink.Status();
        _heardFrame = Math.Clamp(status.Written - status.Delay + _offset, _heardFrame, _written);
        _clock.Hear(_heardFrame, status.TimeNs);
    }

    private void StopCard()
    {
        if (!_running || _sink is null) return;
        Hear(_sink);
        _heardFrame = Math.Clamp(_sink.Drop() + _offset, _heardFrame, _written);
        _clock.Hear(_heardFrame, _clock.TimeOf(_heardFrame));
        Cut(_heardFrame);
        Tell(PlaybackDeviceState.Stopped);
    }

    private void Cut(long frame)
    {
        Refer(frame, default, PlaybackQueues.ReferenceCutFlag);
        _mixer!.Stop(_clock.Unheard);
        _clock.Stop(frame);
        _written = _heardFrame = frame;
        _running = false;
    }

    private void Refer(long frame, ReadOnlySpan<short> samples, int flags)
    {
        Counters.Level = samples.IsEmpty ? 0 : LevelMeter.Loudness(samples);
        if (!_queues.Reference.TryWrite(frame, _clock.TimeOf(frame), samples, flags)) Counters.CountDroppedReference();
    }

    private void Tell(PlaybackDeviceState state) =>
        _control.Tell(new PlaybackStatus(state, _format.Rate, _format.PeriodFrames, _format.BufferFrames));

    private void MeasureFromHere() => _allocatedBefore = ThreadAllocations.Mark() - Counters.AllocatedBytes;
}
