namespace EdgeVoice.Core.Conversation;

public static partial class TurnMachine
{
    private static Step OnPress(DeviceState state, ButtonPressed press, AnswerFacts answer, TurnRules rules) => press.Kind switch
    {
        PressKind.Down when state.Mute == MuteState.Muted => new Step(state, [new Effect.Tell(WhyMuted(state, rules))]),
        PressKind.Down when state.MicrophoneProblem is { } why && !answer.IsBusy => new Step(state, [new Effect.Tell(NoMicrophone(why))]),
        PressKind.Down => OnDown(state, press, answer, rules),
        PressKind.DoubleTap => OnDoubleTap(state),
        _ when state.Press is null => Step.Stay(state),
        PressKind.Confirmed => OnConfirmed(state),
        PressKind.Undone => OnUndone(state, rules),
        PressKind.Tap => OnTap(state, press, rules),
        PressKind.HoldEnded => OnHoldEnded(state, press, rules),
        _ => Step.Stay(state),
    };

    // The first edge: whatever sounds falls silent, the turn begins with what was said before it. What it was is judged later.
    private static Step OnDown(DeviceState state, ButtonPressed press, AnswerFacts answer, TurnRules rules)
    {
        // A turn on its way is thinking to the person who waits; without a link it is kept, and this one comes after it.
        var sending = state.Turn == TurnState.Committing && (rules.HandsFree || state.IsConnected);
        var pause = answer.IsBusy || sending || state.Turn is TurnState.Thinking or TurnState.Speaking;
        var opens = state.Gate == TurnGate.None;
        var turn = opens ? state.TurnNumber + 1 : state.TurnNumber;
        var effects = new List<Effect>();
        if (pause) effects.Add(new Effect.PauseSound());
        if (opens) effects.Add(new Effect.OpenTurn(turn, press.TimeNs, Stream: rules.HandsFree));
        effects.Add(new Effect.StopTimer(TimerKind.Idle));
        var next = state with
        {
            TurnNumber = turn,
            GateTurn = opens ? turn : state.GateTurn,
            Press = new PendingPress(opens, pause, false, state.Turn, state.Conversation, state.Gate)
            {
                TurnOnItsWay = OnItsWay(state),
            },
            Conversation = ConversationState.Open,
        };
        if (!opens) return new Step(next, effects);
        var gate = rules.HandsFree ? TurnGate.Streaming : TurnGate.Held;
        return new Step(next with { Gate = gate, Turn = TurnState.Armed, SpeechEndMs = null, HasSpeech = false }, effects);
    }

    // No glitch: a paused answer is given up.
    private static Step OnConfirmed(DeviceState state)
    {
        if (state.Press is not { Paused: true, Interrupted: false } press) return Step.Stay(state);
        return new Step(
            GivenUp(state) with { Press = press with { Interrupted = true }, Turn = TurnState.Interrupted },
            [new Effect.GiveUpAnswer(Cancel: true), new Effect.StopTimer(TimerKind.Answer)]);
    }

    private static Step OnUndone(DeviceState state, TurnRules rules)
    {
        var press = state.Press!;
        var effects = new List<Effect>();
        if (press.OpenedTurn) effects.Add(new Effect.AbandonTurn(state.GateTurn));
        if (press is { Paused: true, Interrupted: false }) effects.Add(new Effect.ResumeSound());
        var next = state with
        {
            Press = null,
            // Speech that went on while the press was pending has moved the turn already.
            Turn = !press.OpenedTurn ? state.Turn : press.Interrupted ? TurnState.Idle : press.Turn,
            Conversation = press.Conversation,
            Gate = press.Gate,
            HasSpeech = !press.OpenedTurn && state.HasSpeech,
        };
        if (press is { Gate: TurnGate.Latched, SilenceNs: { } silentNs })
        {
            var committed = Commit(next, silentNs);
            return new Step(committed.State, [.. effects, .. committed.Effects]);
        }

        if (next is { Conversation: ConversationState.Open, Turn: TurnState.Idle or TurnState.Armed })
            effects.Add(new Effect.StartTimer(TimerKind.Idle, rules.IdleTimeoutMs));
        return new Step(next, effects);
    }

    private static Step OnTap(DeviceState state, ButtonPressed press, TurnRules rules)
    {
        var pending = state.Press!;
        var settled = state with { Press = null };
        if (rules.HandsFree)
        {
            // A tap that opened or interrupted has done its work; one while listening closes. Nobody can listen without a microphone.
            var listens = (pending.OpenedTurn || pending.Interrupted) && state.MicrophoneProblem is null;
            return listens ? Listen(settled, rules) : Close(settled);
        }

        return pending.OpenedTurn && state.MicrophoneProblem is null
            ? Listen(settled with { Gate = TurnGate.Latched }, rules)
            : Commit(settled, press.TimeNs);
    }

    /// <summary>What people are told.</summary>
    internal static string NoMicrophone(string why) => $"microphone missing: {why}";

    private static string WhyMuted(DeviceState state, TurnRules rules) => state.MuteSwitchOn ? MuteMachine.BySwitch : $"muted: {rules.Unmute}";

    private static Step OnHoldEnded(DeviceState state, ButtonPressed press, TurnRules rules)
    {
        var settled = state with { Press = null };
        if (!rules.HandsFree) return Commit(settled, press.TimeNs);
        return state.MicrophoneProblem is null ? Listen(settled, rules) : Close(settled);
    }

    private static Step Listen(DeviceState state, TurnRules rules) => state.HasSpeech
        ? new Step(state, [])
        : new Step(state, [new Effect.StartTimer(TimerKind.Idle, rules.IdleTimeoutMs)]);

    private static int OnItsWay(DeviceState state) => state.Turn == TurnState.Committing ? state.AwaitedTurn : 0;

    // Socket and memory stay; everything that is being said ends, and a turn that was on its way is not to be answered.
    private static Step OnDoubleTap(DeviceState state)
    {
        var effects = new List<Effect> { new Effect.GiveUpAnswer(Cancel: true) };
        if ((state.Press?.TurnOnItsWay ?? OnItsWay(state)) is > 0 and var turn) effects.Add(new Effect.AbandonTurn(turn));
        // Texts typed while it was being said wait behind it.
        if (state.Gate is TurnGate.Held or TurnGate.Latched)
            for (var text = state.GateTurn + 1; text <= state.TurnNumber; text++) effects.Add(new Effect.AbandonTurn(text));
        var closed = Close(state);
        return new Step(GivenUp(closed.State), [.. effects, .. closed.Effects]);
    }
}
