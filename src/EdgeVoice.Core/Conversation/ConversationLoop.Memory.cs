using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

public sealed partial class ConversationLoop
{
    // Transcripts of what was said come within a second or two; then everybody has finished.
    private const long QuietNs = 2_000_000_000;
    private long _lastMovedNs;

    /// <summary>Things of the conversation that are remembered.</summary>
    internal int RememberedEntries => _memory.Count;

    /// <summary>What is remembered, for whoever takes this loop's place; once <see cref="RunAsync"/> has ended.</summary>
    public IReadOnlyList<Remembered> Told => _memory.Told;

    /// <summary>Takes up what an earlier run of the program remembered; before <see cref="RunAsync"/>.</summary>
    public void Restore(IEnumerable<Remembered> past) => _memory.Restore(past);

    /// <summary>
    /// What a new session has to be told, once everything that happened before has been taken; null: this is no such moment. Any thread.
    /// </summary>
    public Task<IReadOnlyList<ClientEvent>?> RecallAsync(HandoverMoment moment)
    {
        var answer = new TaskCompletionSource<IReadOnlyList<ClientEvent>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Post(new MemoryWanted(moment, answer))) answer.SetResult([]);
        return answer.Task;
    }

    /// <summary>Whether it is such a moment, once everything that happened before has been taken. Any thread.</summary>
    public Task<bool> IsAsync(Rest rest)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!Post(new RestWanted(rest, answer))) answer.SetResult(false);
        return answer.Task;
    }

    private bool Is(Rest rest) => rest switch
    {
        Rest.Quiet => IsAtRest() && (_rules.AlwaysOpen || State.Conversation == ConversationState.Closed) && _time.NowNs() - _lastMovedNs >= QuietNs,
        Rest.Silent when !State.IsConnected =>
            !_ledger.IsBusy && (State is { Press: null, Gate: TurnGate.None } or { Press: null, Gate: TurnGate.Streaming, HasSpeech: false }),
        _ => IsAtRest(),
    };

    private void Recall(MemoryWanted wanted)
    {
        var isMoment = wanted.Moment switch
        {
            HandoverMoment.Now => true,
            HandoverMoment.AfterAnswer => Is(Rest.BetweenTurns),
            _ => Is(Rest.Quiet),
        };
        wanted.Answer.SetResult(isMoment ? _memory.Replay() : null);
    }

    // What orders of the tables mean for the memory.
    private void Remember(Effect effect, DeviceState state)
    {
        switch (effect)
        {
            case Effect.SendText text:
                _memory.Typed(text.Turn, TextTurn.ItemId(text.Turn), text.Text, isAsked: text.Respond);
                break;
            case Effect.TakeText taken:
                _memory.Taken(taken.Turn);
                break;
            case Effect.AbandonTurn abandon:
                _memory.TakeBack(abandon.Turn);
                break;
            case Effect.SettleTurn settle:
                _memory.Settle(settle.Turn);
                break;
            case Effect.SettleStream:
                _memory.Settle(state.TurnNumber);
                break;
            case Effect.GiveUpAnswer:
                _memory.Settle(state.GivenUpTo);
                break;
        }
    }

    // What was cut is remembered as far as it was heard; a session that was told more of it is told so.
    private void Forget(IReadOnlyList<CutOrder> cuts)
    {
        foreach (var cut in cuts)
        {
            if (_memory.Cut(cut.ItemId, cut.AudioEndMs is null ? 0 : cut.PlayedMs) is not { } told) continue;
            foreach (var correction in _memory.Correct(told)) _session.Post(correction);
        }
    }
}
