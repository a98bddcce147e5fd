namespace EdgeVoice.Core.Conversation;

/// <summary>An order that follows from an event; carried out by <see cref="EffectRunner"/>.</summary>
public abstract record Effect
{
    /// <summary>Open a turn with its pre-roll.</summary>
    public sealed record OpenTurn(int Turn, long FromNs, bool Stream) : Effect;

    /// <summary>End a turn, commit it, ask for the answer.</summary>
    public sealed record CloseTurn(int Turn, long AtNs) : Effect;

    /// <summary>Send a typed turn, and ask for its answer where nothing else will.</summary>
    public sealed record SendText(int Turn, string Text, bool Respond) : Effect;

    /// <summary>The server has taken this typed turn.</summary>
    public sealed record TakeText(int Turn) : Effect;

    /// <summary>Take a turn back.</summary>
    public sealed record AbandonTurn(int Turn) : Effect;

    /// <summary>Stand still, at once.</summary>
    public sealed record PauseSound : Effect;

    /// <summary>Go on where it stood still.</summary>
    public sealed record ResumeSound : Effect;

    /// <summary>
    /// Give the answer up: flush what was not heard and cut the server's memory; <paramref name="Cancel"/>: stop it too;
    /// <paramref name="Unheard"/>: for want of a loudspeaker, which is counted.
    /// </summary>
    public sealed record GiveUpAnswer(bool Cancel, bool Unheard = false) : Effect;

    /// <summary>The server has taken the oldest commit.</summary>
    public sealed record TakeCommit : Effect;

    /// <summary>The answer to this turn has begun to sound or is done.</summary>
    public sealed record SettleTurn(int Turn) : Effect;

    /// <summary>Hands-free: what was said up to here has been answered.</summary>
    public sealed record SettleStream(int AudioEndMs) : Effect;

    /// <summary>Order an answer where the server does not by itself; <paramref name="UnlessRunning"/>: not after the one that is running.</summary>
    public sealed record AskForAnswer(bool UnlessRunning = false) : Effect;

    /// <summary>Close the capture device and zero its history.</summary>
    public sealed record CloseMicrophone : Effect;

    /// <summary>Open the capture device.</summary>
    public sealed record OpenMicrophone : Effect;

    /// <summary>Start or restart a timer.</summary>
    public sealed record StartTimer(TimerKind Timer, int Ms) : Effect;

    /// <summary>Stop a timer.</summary>
    public sealed record StopTimer(TimerKind Timer) : Effect;

    /// <summary>Tell people.</summary>
    public sealed record Tell(string Text) : Effect;
}

/// <summary>What a table answers: the next state and what to do.</summary>
public readonly record struct Step(DeviceState State, IReadOnlyList<Effect> Effects)
{
    /// <summary>No change and nothing to do.</summary>
    public static Step Stay(DeviceState state) => new(state, []);
}
