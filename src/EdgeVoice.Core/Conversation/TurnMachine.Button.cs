namespace EdgeVoice.Core.Conversation;

public static partial class TurnMachine
{
    private static Step OnPress(DeviceState state, ButtonPressed press, AnswerFacts answer, TurnRules rules) => press.Kind switch
    {
        PressKind.Down when state.Mute == MuteState.Muted => new Step(state, [new Effect.Tell("muted: three taps open the microphone")]),
        PressKind.Down => OnDown(state, press, answer, rules),
        PressKind.DoubleTap => OnDoubleTap(state),
        _ when state.Press is null => Step.Stay(state),
        PressKind.Confirmed => OnConfirmed(state),
        PressKind.Undone => OnUndone(state),
        PressKind.Tap => OnTap(state, press, rules),
        PressKind.HoldStarted => Step.Stay(state),
        PressKind.HoldEnded => OnHoldEnded(state, press, rules),
        _ => Step.Stay(state),
    };

    // The first edge: whatever sounds falls silent, the turn begins with what was said before it. What it was is judged later.
    private static Step OnDown(DeviceState state, ButtonPressed press, AnswerFacts answer, TurnRules rules)
    {
        var pause = answer.IsBusy || state.Turn is TurnState.Thinking or TurnState.Speaking;
        var opens = state.Gate == TurnGate.None;
        var turn = opens ? state.TurnNumber + 1 : state.TurnNumber;
        var effects = new List<Effect>();
        if (pause) effects.Add(new Effect.PauseSound());
        if (opens) effects.Add(new Effect.OpenTurn(turn, press.TimeNs, Stream: rules.HandsFree));
        effects.Add(new Effect.StopTimer(TimerKind.Idle));
        var next = state with
        {
            TurnNumber = turn,
            Press = new PendingPress(opens, pause, false, state.Turn, state.Conversation, state.Gate),
            Conversation = ConversationState.Open,
        };
        if (!opens) return new Step(next, effects);
        var gate = rules.HandsFree ? TurnGate.Streaming : TurnGate.Held;
        return new Step(next with { Gate = gate, Turn = TurnState.Armed, SpeechEndMs = null }, effects);
    }

    // No glitch: a paused answer is given up.
    private static Step OnConfirmed(DeviceState state)
    {
        if (state.Press is not { Paused: true, Interrupted: false } press) return Step.Stay(state);
        return new Step(
            state with { Press = press with { Interrupted = true }, Turn = TurnState.Interrupted },
            [new Effect.GiveUpAnswer(Cancel: true), new Effect.StopTimer(TimerKind.Answer)]);
    }

    private static Step OnUndone(DeviceState state)
    {
        var press = state.Press!;
        var effects = new List<Effect>();
        if (press.OpenedTurn) effects.Add(new Effect.AbandonTurn(state.TurnNumber));
        if (press is { Paused: true, Interrupted: false }) effects.Add(new Effect.ResumeSound());
        // Speech that went on while the press was pending has moved the turn already.
        var turn = press.Interrupted ? TurnState.Idle : press.OpenedTurn ? press.Turn : state.Turn;
        return new Step(
            state with { Press = null, Turn = turn, Conversation = press.Conversation, Gate = press.Gate },
            effects);
    }

    private static Step OnTap(DeviceState state, ButtonPressed press, TurnRules rules)
    {
        var pending = state.Press!;
        var settled = state with { Press = null };
        if (rules.HandsFree)
        {
            // A tap that opened or interrupted has done its work; one while listening closes.
            return pending.OpenedTurn || pending.Interrupted ? Listen(settled, rules) : Close(settled);
        }

        return pending.OpenedTurn
            ? Listen(settled with { Gate = TurnGate.Latched }, rules)
            : Commit(settled, press.TimeNs);
    }

    private static Step OnHoldEnded(DeviceState state, ButtonPressed press, TurnRules rules)
    {
        var settled = state with { Press = null };
        return rules.HandsFree ? Listen(settled, rules) : Commit(settled, press.TimeNs);
    }

    private static Step Listen(DeviceState state, TurnRules rules) =>
        new(state, [new Effect.StartTimer(TimerKind.Idle, rules.IdleTimeoutMs)]);

    // Socket and memory stay; everything that is being said ends.
    private static Step OnDoubleTap(DeviceState state)
    {
        var closed = Close(state);
        return new Step(closed.State, [new Effect.GiveUpAnswer(Cancel: true), .. closed.Effects]);
    }
}
