using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Conversation;

/// <summary>The link: a mirror of what the session says; a lost link ends running answers, never turns.</summary>
public static class LinkMachine
{
    /// <summary>Attempts in a row after which trouble that may pass by itself is told.</summary>
    public const int LastingFailures = 3;

    /// <summary>The table.</summary>
    public static Step Next(DeviceState state, ConversationEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (happened is not LinkChanged change) return Step.Stay(state);
        if (change.State == LinkState.Rotating) return new Step(state with { Link = LinkState.Rotating }, []);
        // A refusal is worth its cause until something better is known: "connecting" does not wipe it out.
        var cause = change.State == LinkState.Ready ? null : change.Cause ?? state.LinkCause;
        var link = change.State == LinkState.Connecting && state.Link == LinkState.Stopped ? LinkState.Stopped : change.State;
        var next = Count(state, change) with { Link = link, LinkCause = cause };
        // A server that puts a number of its own into every refusal tells nothing new by it.
        var isNew = change.Cause is not null && (state.LinkCause is null || OneLine.KindOf(change.Cause) != OneLine.KindOf(state.LinkCause));
        return isNew ? new Step(next, [new Effect.Tell(change.Cause!)]) : new Step(next, []);
    }

    /// <summary>Somebody speaks or waits for an answer. A device that is always open is not waited for until it has heard something.</summary>
    public static bool IsWaitedFor(DeviceState state, TurnRules rules)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(rules);
        return state.Press is not null || state.Gate is TurnGate.Held or TurnGate.Latched || (state.Gate == TurnGate.Streaming && !rules.AlwaysOpen)
            || state.Turn is TurnState.Listening or TurnState.Committing or TurnState.Thinking;
    }

    // A row of failures: the same trouble again and again. No further than it matters, so that a long night changes no state.
    private static DeviceState Count(DeviceState state, LinkChanged change)
    {
        if (change.State == LinkState.Ready) return state with { LinkTrouble = Trouble.None, LinkFailures = 0 };
        if (change.State is not (LinkState.Offline or LinkState.Stopped)) return state;
        var row = change.Trouble == state.LinkTrouble ? state.LinkFailures : 0;
        return state with { LinkTrouble = change.Trouble, LinkFailures = Math.Min(row + 1, LastingFailures) };
    }
}
