namespace EdgeVoice.Core.Conversation;

public sealed partial class ConversationLoop
{
    /// <summary>Calls, and responses with calls, that are remembered.</summary>
    internal int RememberedCalls => _calls.Remembered;

    // Every call that has an output passes here once, whether the server was sent it or its connection had gone.
    private void OnToolFinished(ToolOutcome outcome)
    {
        _memory.Called(outcome.Name, outcome.Arguments, outcome.Output);
        _observer.OnNews(new ConversationNews.ToolFinished(outcome));
    }

    // An answer that failed is not gone on with; one that was heard may be, when a tool has finished.
    private void End(bool failed)
    {
        if (failed) _calls.GiveUp();
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
}
