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
    private readonly HeardPosition _position = new();
    private long _movedNs;
    private int _retryNow;
    private TaskCompletionSource<string?>? _reopen;
    private bool _running, _missingTold;

    private int MsToOpen => (int)Math.Clamp((_openDueNs - _time.NowNs()) / 1_000_000 + 1, 1, IdleMs);

    private bool TryOpen()
    {
        if (Interlocked.Exchange(ref _retryNow, 0) == 0 && _time.NowNs() < _openDueNs) return false;
        IAudioSink? opened = null;
        try
        {
            var sink = opened = _open();
            _format = sink.Format;
            _mixer = new PlaybackMixer(_format, _sessionRate);
            // Less than this ahead and silence goes out: enough for a late wake-up, little enough to be quick.
            _lowWater = Math.Max(_format.PeriodFrames, _format.BufferFrames / 2);
            // Card frames go on where the last device ended.
            _offset = _written - sink.Status().Written;
            lock (_swap) _sink = sink;
            opened = null;
            Counters.StopMethod = sink.StopMethod;
            LogOpened(_format.Rate, _format.Channels, _format.PeriodFrames, _format.BufferFrames);
            _missingTold = false;
            Tell(PlaybackDeviceState.Stopped);
            _control.TellProblem(null);
        }
        catch (Exception e)
        {
            opened?.Dispose();
            // Whatever a device throws, the voice goes on without it. Told once, not every second.
            if (!_missingTold) LogMissing(e.Message);
            _missingTold = true;
            Tell(PlaybackDeviceState.Missing);
            _control.TellProblem(e.Message);
            _openDueNs = _time.NowNs() + ReopenNs;
        }

        MeasureFromHere();
        return _sink is not null;
    }

    private void Reopen()
    {
        Close();
        _openDueNs = long.MinValue;
        TryOpen();
        Interlocked.Exchange(ref _reopen, null)?.TrySetResult(_control.Problem);
    }

    private void Lose(string why)
    {
        Counters.CountLoss();
        if (_running) Cut(_heardFrame);
        var sink = _sink;
        lock (_swap) _sink = null;
        try
        {
            sink?.Dispose();
        }
        catch (Exception e)
        {
            why = $"{why}; closing it failed: {e.Message}";
        }

        LogLost(why);
        _missingTold = true;
        Tell(PlaybackDeviceState.Missing);
        _control.TellProblem(why);
        _openDueNs = _time.NowNs() + ReopenNs;
        MeasureFromHere();
    }

    private void Close()
    {
        try
        {
            StopCard();
        }
        catch (Exception e)
        {
            LogLost(e.Message);
        }

        if (_sink is not { } sink) return;
        lock (_swap) _sink = null;
        sink.Dispose();
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
        _movedNs = _time.NowNs();
        _clock.Begin(_written, _movedNs, _format.Rate, _mixer.LatencyFrames);
        _position.Begin(_written, _movedNs, _format.Rate);
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
            Refer(_written, _mixer.Take(frames), _mixer.IsToneOnly ? PlaybackQueues.ReferenceToneFlag : 0);
            _written += frames;
            Counters.CountFrames(frames);
        }

        return true;
    }

    private void Hear(IAudioSink sink)
    {
        var status = sink.Status();
        var reading = status.Written - status.Delay + _offset;
        Counters.CountDepth(status.Delay, _format.Rate);
        Drift.Add(reading, status.TimeNs, _format.Rate);
        var heard = Math.Clamp(_position.Read(reading, status.TimeNs, status.Delay <= 0), _heardFrame, _written);
        if (heard > _heardFrame) _movedNs = _time.NowNs();
        _heardFrame = heard;
        _clock.Hear(_heardFrame, status.TimeNs);
    }

    private bool HasStalled => _time.NowNs() - _movedNs > StallNs;

    // Silence went out: positions before and after do not lie on one line, and what comes now comes later than was said.
    private void TakeXrun()
    {
        Counters.CountXrun();
        if (!_running) return;
        _position.Restart();
        Drift.Break();
        Refer(_written, default, PlaybackQueues.ReferenceXrunFlag);
    }

    private void StopCard()
    {
        if (!_running || _sink is null) return;
        Hear(_sink);
        var end = _sink.Drop();
        _heardFrame = Math.Clamp(end + _offset, _heardFrame, _written);
        // A card may end before what its position had promised: the two counts go on together all the same.
        _offset = _heardFrame - end;
        _clock.Hear(_heardFrame, _clock.TimeOf(_heardFrame));
        Cut(_heardFrame);
        Tell(PlaybackDeviceState.Stopped);
    }

    private void Cut(long frame)
    {
        Refer(frame, default, PlaybackQueues.ReferenceCutFlag);
        Drift.Break();
        _mixer!.Stop(_clock.Unheard);
        _clock.Stop(frame);
        _written = _heardFrame = frame;
        _running = false;
    }

    private void Refer(long frame, ReadOnlySpan<short> samples, int flags)
    {
        Counters.LevelDb = LevelMeter.Rms(samples);
        if (!_queues.Reference.TryWrite(frame, _clock.TimeOf(frame), samples, flags)) Counters.CountDroppedReference();
    }

    private void Tell(PlaybackDeviceState state) =>
        _control.Tell(new PlaybackStatus(state, _format.Rate, _format.PeriodFrames, _format.BufferFrames));

    private void MeasureFromHere() => _allocatedBefore = ThreadAllocations.Mark() - Counters.AllocatedBytes;
}
