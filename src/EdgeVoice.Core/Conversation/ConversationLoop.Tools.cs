using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

public sealed partial class ConversationLoop
{
    /// <summary>Calls, and responses with calls, that are remembered.</summary>
    internal int RememberedCalls => _calls.Remembered;

    // The response whose calls stand between a person and the answer; null: none does.
    private string? _owed;
    private bool _isOwedAnew;

    // Every call that has an output passes here once, whether the server was sent it or its connection had gone: then the next one is told.
    private void OnToolFinished(ToolOutcome outcome)
    {
        _memory.Called(outcome.Name, outcome.Arguments, outcome.Output, outcome.IsSent);
        if (!outcome.IsSent) TellUntold();
        _observer.OnNews(new ConversationNews.ToolFinished(outcome));
    }

    private void TellUntold()
    {
        if (!State.IsConnected) return;
        foreach (var told in _memory.Untold()) _session.Post(told);
    }

    // What was said has led to a call: should the connection go now, the call is answered on the next one, and nothing said again.
    private void OnCall(string responseId, FunctionCallItem call)
    {
        _calls.Take(responseId, call);
        if (!_ledger.Running.Contains(responseId)) return;
        _owed = responseId;
        Apply(new AnswerProgressed(IsShown: true));
    }

    private void SettleOwed(string? responseId = null)
    {
        if (responseId is null || responseId != _owed) (_owed, _isOwedAnew) = (null, false);
    }

    // The connection went between a call and the answer to its output: that is asked for on the new one, once all outputs are there.
    private void AskForOwed()
    {
        if (!_isOwedAnew || !State.IsConnected || _calls.IsOutstanding) return;
        _isOwedAnew = false;
        // Whoever speaks is answered, and the outcome of the calls with it.
        var speaks = State.Press is not null || State.Gate is TurnGate.Held or TurnGate.Latched || State.Turn is TurnState.Listening or TurnState.Interrupted;
        if (speaks || !Asked(null)) SettleOwed();
    }

    // An answer that failed is not gone on with; one that was heard may be, when a tool has finished.
    private void End(bool failed)
    {
        if (failed) _calls.GiveUp();
        if (State.IsConnected && !_calls.IsAwaited) SettleOwed();
        Apply(_calls.IsAwaited ? new AnswerHeldUp() : new AnswerEnded(failed, failed ? _trouble : Diagnostics.Trouble.None));
    }

    // All responses that run are over, as far as anybody can tell; true when the next one was asked for.
    private bool EndAll()
    {
        var asked = false;
        foreach (var running in _ledger.Running.ToList())
        {
            _ledger.End(running, out _);
            asked |= _calls.Close(running, isWanted: true) && Asked(null);
        }

        return asked || _calls.IsAwaited;
    }

    // Nobody speaks or is about to, and nothing is to be heard.
    private bool IsAtRest() =>
        State is { Press: null, HasSpeech: false, Turn: TurnState.Idle or TurnState.Armed, Gate: TurnGate.None or TurnGate.Streaming } &&
        !_ledger.IsBusy && !_calls.IsAwaited && _owed is null;
}
