using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Uplink;

public sealed partial class AudioUplink
{
    // A microphone that has stopped delivering must not keep a released turn open for ever.
    private const long DeadMicrophoneNs = 500_000_000;
    private readonly List<KeptTurn> _turns = [];
    private readonly short[] _preRoll = new short[4_800];
    private KeptTurn? _open;

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
                _turns.RemoveAll(t => t.Id <= settle.Turn && t.End is not null && t.Committed);
                break;
            case UplinkCommand.SettleStream settle:
                SettleStreamAt(settle.AudioEndMs);
                break;
            case UplinkCommand.Forget:
                _history.Zero();
                break;
        }
    }

    private void Begin(UplinkCommand.Open order)
    {
        if (_open is not null) Finish(_open, _kept.End);
        var back = Math.Clamp(ToSamples(_lastBlockEndNs - order.FromNs), -_preRoll.Length, _history.End - _history.Start);
        var from = Math.Max(_history.Start, _history.End - back - _options.Samples(UplinkOptions.PreRollMs));
        var turn = new KeptTurn(order.Turn, order.Stream, _kept.End) { HeardSpeech = _detector.IsSpeech };
        if (_history.End - from > _options.Samples(UplinkOptions.HistoryMs)) from = _history.Start;
        for (var at = from; at < _history.End;)
        {
            var count = _history.CopyTo(at, _preRoll);
            _kept.Append(_preRoll.AsSpan(0, count));
            at += count;
        }

        _turns.Add(turn);
        _open = turn;
        _signal.TickEvery(OpenTick);
        if (turn.HeardSpeech) _listener.SpeechHeard(turn.Id);
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

        // The end lies inside this block, or before it: what is behind it does not belong to the turn.
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
        foreach (var turn in _turns)
        {
            var start = Math.Max(_kept.Start, turn.IsStream && turn.End is null ? streamStart : 0);
            if (turn.Start >= start) continue;
            if (turn.SentTo < start) _listener.AudioLost(turn.Id, start - turn.SentTo);
            turn.Start = start;
            if (turn.SentTo < start) turn.SentTo = start;
        }
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
    }

    private void TakeCommit()
    {
        var turn = _turns.Find(t => t is { CommitSent: true, Committed: false });
        if (turn is null) return;
        turn.Committed = true;
        if (!turn.Asked) _turns.Remove(turn);
    }

    private void SettleStreamAt(int audioEndMs)
    {
        if (_turns.Find(t => t.IsStream && t.ConnectionStart is not null) is not { } turn) return;
        var settled = turn.ConnectionOrigin + _options.Samples(audioEndMs) - turn.ConnectionStart!.Value;
        turn.Start = Math.Clamp(settled, turn.Start, turn.SentTo);
        if (turn.End is { } end && turn.Start >= end) _turns.Remove(turn);
    }
}
