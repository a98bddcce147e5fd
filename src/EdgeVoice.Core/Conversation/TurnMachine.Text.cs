namespace EdgeVoice.Core.Conversation;

public static partial class TurnMachine
{
    // Typed in place of spoken: a turn of its own, kept like a spoken one until it is settled. What is being said goes on and comes
    // first; an answer gives way, as to a press.
    private static Step OnText(DeviceState state, TextSaid said, AnswerFacts answer, TurnRules rules)
    {
        var turn = state.TurnNumber + 1;
        var next = state with { TurnNumber = turn, Conversation = ConversationState.Open };
        var speaks = state.Gate == TurnGate.Streaming && (state.Turn == TurnState.Listening || state is { Turn: TurnState.Interrupted, HasSpeech: true });
        // Hands-free, what is being said will be answered, and the text with it.
        if (speaks) return new Step(next, [new Effect.SendText(turn, said.Text, Respond: false)]);
        var send = new Effect.SendText(turn, said.Text, Respond: true);
        if (state.Press is not null || state.Gate is TurnGate.Held or TurnGate.Latched) return new Step(next, [send]);
        var effects = new List<Effect>();
        var sending = state.Turn == TurnState.Committing && (rules.HandsFree || state.IsConnected);
        if (answer.IsBusy || sending || state.Turn is TurnState.Thinking or TurnState.Speaking)
        {
            next = next with { GivenUpTo = state.TurnNumber };
            effects.Add(new Effect.GiveUpAnswer(Cancel: true));
        }

        if (!state.IsConnected) effects.Add(new Effect.Tell("no connection: the text is kept and sent when there is one"));
        return new Step(
            next with { Turn = TurnState.Committing, AwaitedTurn = turn },
            [.. effects, new Effect.StopTimer(TimerKind.Idle), new Effect.StopTimer(TimerKind.Answer), send]);
    }

    // The ones before it wait on, and the last of them is answered.
    private static Step OnTextRefused(DeviceState state, TextRefused refused) => new(
        state.AwaitedTurn == refused.Turn ? state with { AwaitedTurn = refused.Turn - 1 } : state,
        [new Effect.Tell($"the text was not taken: {refused.Why}")]);

    // The server has the text.
    private static Step OnTextTaken(DeviceState state, int turn) => new(
        state.Turn == TurnState.Committing && state.AwaitedTurn == turn ? state with { Turn = TurnState.Thinking } : state,
        [new Effect.TakeText(turn)]);

    // Something came of the answer that is not heard: it goes on, however long it takes. Text that is shown is as good as sound.
    private static Step OnProgress(DeviceState state, AnswerProgressed progress)
    {
        if (state.Turn is not (TurnState.Thinking or TurnState.Committing)) return Step.Stay(state);
        var wait = new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs);
        return progress.IsShown
            ? new Step(state with { Turn = TurnState.Thinking, AwaitedTurn = 0, SpeechEndMs = null }, [.. Settle(state), wait])
            : new Step(state, [wait]);
    }

    // The server called a remote tool and is about to go on by itself; one that does not is asked to.
    private static Step OnPaused(DeviceState state)
    {
        var ask = new Effect.StartTimer(TimerKind.Continuation, TurnRules.ContinuationMs);
        return state.Turn is TurnState.Thinking or TurnState.Committing
            ? new Step(state with { Turn = TurnState.Thinking }, [ask, new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)])
            : new Step(state, [ask]);
    }

    // To whoever waits, a tool at work is thought.
    private static Step OnHeldUp(DeviceState state) => new(
        state.Turn == TurnState.Speaking ? state with { Turn = TurnState.Thinking } : state,
        [new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)]);

    private static Step OnNoContinuation(DeviceState state, AnswerFacts answer)
    {
        // Whoever speaks meanwhile is answered, and the call's outcome with it.
        var speaks = state.Press is not null || state.Gate is TurnGate.Held or TurnGate.Latched || state.Turn is TurnState.Listening or TurnState.Interrupted;
        return !state.IsConnected || answer.IsOrdered || speaks
            ? Step.Stay(state)
            : new Step(state, [new Effect.AskForAnswer(UnlessRunning: true)]);
    }
}
