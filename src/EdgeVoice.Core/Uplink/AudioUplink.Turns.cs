using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Uplink;

public sealed partial class AudioUplink
{
    // A microphone that has stopped delivering must not keep a released turn open for ever.
    private const long DeadMicrophoneNs = 500_000_000;
    private const long LossPauseNs = 10_000_000_000;
    private readonly List<KeptTurn> _turns = [];
    private readonly short[] _preRoll = new short[4_800];
    private readonly Queue<KeptTurn> _commits = [];
    private KeptTurn? _open;
    private long _lostSamples;

    /// <summary>Samples of turns that were given up before they were sent or settled: more was said than is kept.</summary>
    public long LostSamples => Volatile.Read(ref _lostSamples);

    private void Carry(UplinkCommand command)
    {
        switch (command)
        {
            case UplinkCommand.Open open:
                Begin(open);
                break;
            case UplinkCommand.Close close when _open?.Id == close.Turn:
                _open.CloseAtNs = close.AtNs + UplinkOptions.TailMs * 1_000_000L;
                _open.Respond = close.Respond;
                _open.RequireSpeech = close.RequireSpeech;
                EndIfHeard(_open);
                break;
            case UplinkCommand.Say say:
                Begin(say);
                break;
            case UplinkCommand.TextTaken taken:
                if (_turns.Find(t => t.Id == taken.Turn && t is { Text: not null, CommitSent: true }) is { } text) Take(text);
                break;
            case UplinkCommand.Abandon abandon:
                TakeBack(_turns.Find(t => t.Id == abandon.Turn));
                break;
            case UplinkCommand.Attach attach:
                Attach(attach);
                break;
            case UplinkCommand.CommitTaken:
                TakeCommit();
                break;
            case UplinkCommand.Settle settle:
                _turns.RemoveAll(t => t.Id <= settle.Turn && t is { End: not null, IsStream: false, Committed: true });
                break;
            case UplinkCommand.SettleStream settle:
                SettleStreamAt(settle.AudioEndMs);
                break;
            case UplinkCommand.Forget:
                ForgetSamples();
                break;
        }
    }

    private void Begin(UplinkCommand.Open order)
    {
        if (_open is not null) Finish(_open, _kept.End);
        // The edge may lie behind the last block (it is still on its way) or long before it; no older samples than asked for.
        var edge = _history.End - ToSamples(_lastBlockEndNs - order.FromNs);
        var from = Math.Clamp(edge - _options.Samples(UplinkOptions.PreRollMs), _history.Start, _history.End);
        var turn = new KeptTurn(order.Turn, order.Stream, _kept.End) { HeardSpeech = _detector.IsSpeech };
        for (var at = from; at < _history.End;)
        {
            var count = _history.CopyTo(at, _preRoll);
            _kept.Append(_preRoll.AsSpan(0, count));
            at += count;
        }

        _turns.Add(turn);
        _open = turn;
        Trim();
        _signal.TickEvery(OpenTick);
        if (turn.HeardSpeech) _listener.SpeechHeard(turn.Id);
    }

    private void Begin(UplinkCommand.Say order)
    {
        if (_turns.Count(t => t.Text is not null) >= UplinkOptions.KeptTexts)
        {
            _listener.TurnEnded(order.Turn, TurnOutcome.TooMany);
            return;
        }

        _turns.Add(new KeptTurn(order.Turn, stream: false, _kept.End) { Text = order.Text, End = _kept.End, Respond = order.Respond });
    }

    private void Keep(KeptTurn turn, ReadOnlySpan<short> samples, bool speech)
    {
        _kept.Append(samples);
        Trim();
        if (speech && !turn.HeardSpeech)
        {
            turn.HeardSpeech = true;
            _listener.SpeechHeard(turn.Id);
        }

        if (speech) turn.ToldSilence = false;
        if (turn.HeardSpeech && !turn.ToldSilence && !speech && _detector.SilenceMs >= _options.SilenceMs)
        {
            turn.ToldSilence = true;
            _listener.SilenceHeard(turn.Id);
        }

        EndIfHeard(turn);
    }

    // The end lies inside the last block, or before it: what is behind it does not belong to the turn.
    private void EndIfHeard(KeptTurn turn)
    {
        if (turn.CloseAtNs is { } end && _lastBlockEndNs >= end)
            Finish(turn, Math.Max(turn.Start, _kept.End - ToSamples(_lastBlockEndNs - end)));
    }

    private void CloseWhatIsDue()
    {
        if (_open is { CloseAtNs: { } end } turn && _time.NowNs() - end > DeadMicrophoneNs) Finish(turn, _kept.End);
    }

    private void Finish(KeptTurn turn, long end)
    {
        turn.End = end;
        foreach (var kept in _turns) TellLoss(kept);
        _open = null;
        _signal.TickEvery(IdleTick);
        if (turn.IsStream) return;
        if (turn.CloseAtNs is null) turn.RequireSpeech = true;
        if (turn.RequireSpeech && !turn.HeardSpeech) turn.Dropped = TurnOutcome.NothingHeard;
        else if (end - turn.Start < _options.Samples(UplinkOptions.ShortestCommitMs)) turn.Dropped = TurnOutcome.TooShort;
    }

    // Oldest out first: what no longer fits into the kept audio, or is older than hands-free keeps, is given up.
    private void Trim()
    {
        var streamStart = _kept.End - _options.Samples(UplinkOptions.KeptStreamMs);
        for (var i = 0; i < _turns.Count; i++)
        {
            var turn = _turns[i];
            if (turn.Text is not null) continue;
            var start = Math.Max(_kept.Start, turn.IsStream && turn.End is null ? streamStart : 0);
            if (turn.Start >= start) continue;
            var lost = Math.Min(start, turn.End ?? start) - turn.SentTo;
            if (lost > 0) Lose(turn, lost);
            turn.Start = start;
            turn.SentTo = Math.Max(turn.SentTo, start);
            // Nothing of it is left to be sent, now or again.
            if (turn.End > start || turn.End is null) continue;
            _turns.RemoveAt(i--);
            TellLoss(turn);
            if (!turn.CommitSent && !turn.IsStream) _listener.TurnEnded(turn.Id, TurnOutcome.TooShort);
        }
    }

    // Told at once, and then rarely: a turn that stays too long loses a block with every block.
    private void Lose(KeptTurn turn, long samples)
    {
        turn.LossUntold += samples;
        Volatile.Write(ref _lostSamples, _lostSamples + samples);
        if (turn.LossToldNs is null || _time.NowNs() - turn.LossToldNs >= LossPauseNs) TellLoss(turn);
    }

    private void TellLoss(KeptTurn turn)
    {
        if (turn.LossUntold == 0) return;
        _listener.AudioLost(turn.Id, turn.LossUntold);
        turn.LossUntold = 0;
        turn.LossToldNs = _time.NowNs();
    }

    // Nothing that was said before a mute stays in memory, but turns that are still to be sent.
    private void ForgetSamples()
    {
        _history.Zero();
        if (_turns.TrueForAll(t => t.Text is not null)) _kept.Zero();
        Array.Clear(_block);
        Array.Clear(_preRoll);
        _detector.Reset();
        Volatile.Write(ref _level, 0);
        Volatile.Write(ref _levelDb, LevelMeter.Floor);
    }

    private void TakeBack(KeptTurn? turn)
    {
        if (turn is null) return;
        if (turn == _open)
        {
            _open = null;
            _signal.TickEvery(IdleTick);
        }

        _turns.Remove(turn);
        // Only what lies in the server's input buffer can be taken back; a committed turn is an item already.
        if (turn is { ConnectionStart: not null, CommitSent: false }) _clearDue = true;
        // An earlier turn that left its answer to this one is to be answered after all.
        if (_turns.FindLast(t => t.Id < turn.Id) is not { CommitSent: true, Asked: false, Respond: true } last || !IsLast(last)) return;
        last.Asked = true;
        last.Finished = false;
    }

    // Taken in the order sent: one that was taken back meanwhile still has its place in the row.
    private void TakeCommit()
    {
        if (_commits.TryDequeue(out var turn)) Take(turn);
    }

    private void Take(KeptTurn turn)
    {
        turn.Committed = true;
        if (!turn.Asked && !MayStillBeAsked(turn)) _turns.Remove(turn);
    }

    // The turn that is to be asked instead is still open, or may yet be taken back.
    private bool MayStillBeAsked(KeptTurn turn) =>
        turn.Respond && !_turns.Exists(t => t.Id > turn.Id && t is { End: not null, Dropped: null, IsStream: false });

    private void SettleStreamAt(int audioEndMs)
    {
        if (_turns.Find(t => t.IsStream && t.ConnectionStart is not null) is not { } turn) return;
        var settled = turn.ConnectionOrigin + _options.Samples(audioEndMs) - turn.ConnectionStart!.Value;
        turn.Start = Math.Clamp(settled, turn.Start, turn.SentTo);
        if (turn.End is { } end && turn.Start >= end) _turns.Remove(turn);
    }
}
