using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Playback;

/// <summary>
/// Knows what was heard: maps the card's position back to samples of the playback ring buffer and of the item, and tells it
/// by played marks.
/// </summary>
/// <remarks>
/// Used by <c>ev-playback</c> only. Between two stops of the card everything fed to the resampler forms one stream at the
/// session's rate (answer, and silence where there was none); card frames map to it by one straight line, and runs say which
/// part of the stream came from where.
/// </remarks>
internal sealed class PlayedClock(PlaybackQueues queues, SegmentReader reader, PlaybackCounters counters, int sessionRate)
{
    private const int MaxRuns = 1024;
    private const long Silence = -1;

    private readonly Run[] _runs = new Run[MaxRuns];
    private readonly int _marksReserve = queues.Marks.Capacity / 4;
    private long _firstRun, _endRun;
    private long _baseFrame, _fed, _heard, _answerEnd, _audibleEnd;
    private long _anchorFrame, _anchorNs;
    private int _cardRate;
    private double _latency;
    private long _toldSample;
    private bool _gap, _drainOwed;

    /// <summary>The item being heard, or null.</summary>
    public AudioItem? Item { get; private set; }

    /// <summary>Samples of it heard so far.</summary>
    public long ItemSample { get; private set; }

    /// <summary>Samples fed and not heard yet.</summary>
    public int Unheard => (int)(_fed - _heard);

    /// <summary>True from an answer's first sample until <see cref="PlayedMarkKind.Drained"/> or a flush.</summary>
    public bool AnswerLasts => _drainOwed;

    /// <summary>False when the table of runs is full until more has been heard.</summary>
    public bool HasRoom => _endRun - _firstRun < MaxRuns;

    /// <summary>True when no sample of an answer waits in the card.</summary>
    public bool AnswerIsHeard => _heard >= _answerEnd;

    /// <summary>Samples of nothing heard since the last audible one.</summary>
    public long SilenceHeard => _heard - _audibleEnd;

    /// <summary>The card starts (again) with this frame, the resampler with an empty filter.</summary>
    public void Begin(long frame, long timeNs, int cardRate, double latencyFrames)
    {
        _baseFrame = frame;
        _cardRate = cardRate;
        _latency = latencyFrames;
        Anchor(frame, timeNs);
    }

    /// <summary>Monotonic time at which a frame leaves the card, while it runs.</summary>
    public long TimeOf(long frame) =>
        _cardRate == 0 ? _anchorNs : _anchorNs + (frame - _anchorFrame) * 1_000_000_000L / _cardRate;

    /// <summary>Samples from the ring buffer have been fed, from this position on.</summary>
    public void FedAnswer(long position, int count)
    {
        Append(position, count);
        _answerEnd = _audibleEnd = _fed;
        _drainOwed = true;
    }

    /// <summary>Samples that are nobody's have been fed: silence, or a clip alone.</summary>
    public void FedOther(int count, bool audible)
    {
        Append(Silence, count);
        if (audible) _audibleEnd = _fed;
    }

    /// <summary>Everything before card frame <paramref name="frame"/> has been heard at <paramref name="timeNs"/>.</summary>
    public void Hear(long frame, long timeNs)
    {
        Anchor(frame, timeNs);
        var heard = Math.Min(StreamAt(frame), _fed);
        if (heard <= _heard) return;
        while (_heard < heard)
        {
            ref var run = ref _runs[_firstRun % MaxRuns];
            var offset = _heard - run.Stream;
            var count = Math.Min(heard - _heard, run.Count - offset);
            if (run.Position == Silence) HearGap();
            else HearAnswer(run.Position + offset, count);
            _heard += count;
            if (offset + count == run.Count) _firstRun++;
        }

        TellProgress(FrameAt(heard), mustArrive: false);
    }

    /// <summary>Gives back the ring buffer's space up to what was heard or skipped.</summary>
    public void ReleaseHeard() => reader.Release(FirstUnheard);

    /// <summary>Sound ended before this frame: what was not heard goes back to be read again.</summary>
    public void Stop(long frame)
    {
        reader.Rewind(FirstUnheard);
        _firstRun = _endRun;
        _baseFrame = frame;
        _latency = 0;
        _answerEnd = Math.Min(_answerEnd, _heard) - _heard;
        _audibleEnd = _answerEnd;
        _fed = _heard = 0;
        _gap = true;
    }

    /// <summary>The position does not move until further orders.</summary>
    public void TellPaused(long frame) => Tell(PlayedMarkKind.Paused, Item, ItemSample, frame);

    /// <summary>Everything of earlier epochs is gone.</summary>
    public void TellFlushed(long frame)
    {
        Tell(PlayedMarkKind.Flushed, Item, ItemSample, frame);
        Item = null;
        ItemSample = 0;
        _drainOwed = false;
    }

    /// <summary>
    /// Tells once that everything has been heard: when the item is complete, or <paramref name="giveUp"/> because nothing
    /// has come for long. The caller has seen that nothing waits.
    /// </summary>
    public void TellDrained(bool giveUp)
    {
        if (!_drainOwed || !AnswerIsHeard || !(giveUp || IsComplete)) return;
        // Read again after the item was seen to be complete: its last samples may have come in between.
        if (reader.SkipToPlayable()) return;
        var frame = FrameAt(_answerEnd);
        Tell(PlayedMarkKind.Drained, Item, ItemSample, frame);
        Item = null;
        ItemSample = 0;
        _drainOwed = false;
    }

    private bool IsComplete => Item is null || (Item.IsDone && ItemSample >= Item.KeptSamples);

    private long FirstUnheard
    {
        get
        {
            for (var at = _firstRun; at < _endRun; at++)
            {
                ref var run = ref _runs[at % MaxRuns];
                if (run.Position != Silence) return run.Position + Math.Max(0, _heard - run.Stream);
            }

            return reader.Position;
        }
    }

    private void Anchor(long frame, long timeNs)
    {
        _anchorFrame = frame;
        _anchorNs = timeNs;
    }

    private long StreamAt(long frame) =>
        Math.Max(0, (long)Math.Floor((frame - _baseFrame - _latency) * sessionRate / _cardRate + 1e-6));

    private long FrameAt(long stream) => _baseFrame + (long)Math.Ceiling((double)stream * _cardRate / sessionRate + _latency - 1e-6);

    private void Append(long position, int count)
    {
        if (_endRun > _firstRun)
        {
            ref var last = ref _runs[(_endRun - 1) % MaxRuns];
            if (position == Silence ? last.Position == Silence : last.Position != Silence && last.Position + last.Count == position)
            {
                last.Count += count;
                _fed += count;
                return;
            }
        }

        _runs[_endRun++ % MaxRuns] = new Run(_fed, position, count);
        _fed += count;
    }

    private void HearGap()
    {
        if (Item is null || _gap) return;
        _gap = true;
        if (IsComplete) return;
        counters.CountUnderrun();
        TellProgress(FrameAt(_heard), mustArrive: true);
        Tell(PlayedMarkKind.Underrun, Item, ItemSample, FrameAt(_heard));
    }

    private void HearAnswer(long position, long count)
    {
        var stream = _heard;
        while (count > 0 && reader.TryFind(position, out var segment, out var end))
        {
            var sample = segment.ItemSample + position - segment.Start;
            if (_gap || !ReferenceEquals(segment.Item, Item) || sample != ItemSample)
            {
                TellProgress(FrameAt(stream), mustArrive: true);
                Item = segment.Item;
                ItemSample = _toldSample = sample;
                _gap = false;
                Tell(PlayedMarkKind.Started, Item, sample, FrameAt(stream));
            }

            var taken = Math.Min(count, end - position);
            ItemSample += taken;
            position += taken;
            stream += taken;
            count -= taken;
        }
    }

    private void TellProgress(long frame, bool mustArrive)
    {
        if (Item is null || ItemSample == _toldSample) return;
        if (!mustArrive && queues.Marks.WritableCount < _marksReserve) return;
        _toldSample = ItemSample;
        Tell(PlayedMarkKind.Progress, Item, ItemSample, frame);
    }

    private void Tell(PlayedMarkKind kind, AudioItem? item, long sample, long frame)
    {
        var mark = new PlayedMark(kind, item, item is null ? 0 : sample, frame, TimeOf(frame), reader.Epoch);
        if (!queues.Marks.TryWrite(mark) && kind != PlayedMarkKind.Progress) counters.CountDroppedMark();
    }

    private record struct Run(long Stream, long Position, long Count);
}
