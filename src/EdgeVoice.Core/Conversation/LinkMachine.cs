namespace EdgeVoice.Core.Conversation;

/// <summary>The link: a mirror of what the session says; a lost link ends running answers, never turns.</summary>
public static class LinkMachine
{
    /// <summary>The table.</summary>
    public static Step Next(DeviceState state, ConversationEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (happened is not LinkChanged change) return Step.Stay(state);
        // A refusal is worth its cause until something better is known: "connecting" does not wipe it out.
        var cause = change.State == LinkState.Ready ? null : change.Cause ?? state.LinkCause;
        var link = change.State == LinkState.Connecting && state.Link == LinkState.Stopped ? LinkState.Stopped : change.State;
        var next = state with { Link = link, LinkCause = cause };
        return change.Cause is null || change.Cause == state.LinkCause ? new Step(next, []) : new Step(next, [new Effect.Tell(change.Cause)]);
    }
}
