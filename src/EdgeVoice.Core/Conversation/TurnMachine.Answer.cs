using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

public static partial class TurnMachine
{
    /// <summary>Whose turn it is but for a press whose meaning is not known yet.</summary>
    internal static TurnState BeforePress(DeviceState state) =>
        state.Press is { OpenedTurn: true, Interrupted: false } press ? press.Turn : state.Turn;

    // A press that opened a turn has put the one before it aside; news of its answer are news of that one.
    private static Step OnAnswerSide(DeviceState state, ConversationEvent happened, AnswerFacts answer, TurnRules rules)
    {
        if (state.Press is not { OpenedTurn: true, Interrupted: false } press) return OnAnswer(state, happened, answer, rules);
        var step = OnAnswer(state with { Turn = press.Turn, Gate = press.Gate }, happened, answer, rules);
        var aside = press with { Turn = step.State.Turn };
        return step with { State = step.State with { Turn = state.Turn, Gate = state.Gate, Press = aside } };
    }

    private static Step OnAnswer(DeviceState state, ConversationEvent happened, AnswerFacts answer, TurnRules rules) => happened switch
    {
        TurnSent { Asked: true } sent => OnAsked(state, sent),
        TurnTakenBack back when back.Turn == state.AwaitedTurn && state.Turn is TurnState.Committing or TurnState.Thinking =>
            Rest(state, rules, new Effect.Tell($"nothing sent: {back.Why}")),
        TextRefused refused => OnTextRefused(state, refused),
        ServerSpoke { Event: InputAudioBufferCommitted } => OnCommitted(state, rules),
        ServerSpoke { Event: IConversationItemArrival { Item: var item } } when TextTurn.TurnOf(item) is { } turn => OnTextTaken(state, turn),
        AnswerProgressed progress => OnProgress(state, progress),
        AnswerPaused => OnPaused(state),
        AnswerHeldUp => OnHeldUp(state),
        TimerElapsed { Timer: TimerKind.Continuation } => OnNoContinuation(state, answer),
        SoundPlayed { Mark.Kind: PlayedMarkKind.Started } => OnSound(state, answer),
        AnswerOrdered => new Step(state, [new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)]),
        AnswerEnded ended => OnAnswerEnded(state, ended, rules),
        TimerElapsed { Timer: TimerKind.Answer } => OnNoAnswer(state, answer, rules),
        ItemAudioStarted or LoudspeakerLost or LoudspeakerBack or TimerElapsed { Timer: TimerKind.Loudspeaker } =>
            OnLoudspeaker(state, happened, answer, rules),
        LinkChanged { State: LinkState.Ready, IsSuccessor: true } => OnExchanged(state, rules),
        LinkChanged { State: LinkState.Ready, IsKept: false } => OnReady(state, rules),
        LinkChanged { State: LinkState.Offline or LinkState.Stopped } => OnLost(state, rules),
        _ => Step.Stay(state),
    };

    // Turns kept while offline may be asked for when the person has long stopped waiting for them.
    private static Step OnAsked(DeviceState state, TurnSent sent)
    {
        if (sent.Turn <= state.GivenUpTo || state.Gate is TurnGate.Held or TurnGate.Latched) return Step.Stay(state);
        var rests = state.Turn == TurnState.Idle || state is { Turn: TurnState.Armed, Gate: TurnGate.Streaming };
        if (!rests && state.Turn is not (TurnState.Committing or TurnState.Thinking)) return Step.Stay(state);
        var next = state with
        {
            Turn = rests ? TurnState.Committing : state.Turn,
            AwaitedTurn = Math.Max(state.AwaitedTurn, sent.Turn),
            Conversation = ConversationState.Open,
        };
        return new Step(next, [new Effect.StopTimer(TimerKind.Idle), new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)]);
    }

    private static Step OnCommitted(DeviceState state, TurnRules rules)
    {
        var effects = new List<Effect> { new Effect.TakeCommit() };
        if (state.Turn != TurnState.Committing) return new Step(state, effects);
        if (state.Gate == TurnGate.Streaming && !rules.CreateResponse) effects.Add(new Effect.AskForAnswer());
        return new Step(state with { Turn = TurnState.Thinking }, effects);
    }

    private static Step OnSound(DeviceState state, AnswerFacts answer)
    {
        if (!answer.IsBusy) return Step.Stay(state);
        var rests = state is { Turn: TurnState.Idle, Gate: TurnGate.None } or { Turn: TurnState.Armed, Gate: TurnGate.Streaming };
        if (state.Turn is TurnState.Thinking or TurnState.Committing || (rests && state.Conversation == ConversationState.Open))
        {
            return new Step(
                state with { Turn = TurnState.Speaking, AwaitedTurn = 0 },
                [.. Settle(state), new Effect.StopTimer(TimerKind.Answer), new Effect.StopTimer(TimerKind.Idle)]);
        }

        // The answer goes on with what was ordered in between.
        return state.Turn == TurnState.Speaking && !answer.IsOrdered
            ? new Step(state, [new Effect.StopTimer(TimerKind.Answer)])
            : Step.Stay(state);
    }

    private static Effect[] Settle(DeviceState state) =>
    [
        .. state is { Gate: TurnGate.Streaming, SpeechEndMs: { } end } ? new Effect[] { new Effect.SettleStream(end) } : [],
        .. state.AwaitedTurn > 0 ? new Effect[] { new Effect.SettleTurn(state.AwaitedTurn) } : [],
    ];

    private static Step OnAnswerEnded(DeviceState state, AnswerEnded ended, TurnRules rules)
    {
        if (!IsAnswering(state.Turn)) return Step.Stay(state);
        return ended.Failed
            ? Rest(state, rules, [.. Settle(state), new Effect.Tell("the server could not answer")])
            : Rest(state, rules, Settle(state));
    }

    private static Step OnNoAnswer(DeviceState state, AnswerFacts answer, TurnRules rules)
    {
        // Without a link the turn is kept and asked for again on the next one.
        var waits = state.Turn is TurnState.Thinking or TurnState.Committing || (state.Turn == TurnState.Speaking && answer.IsOrdered);
        if (!state.IsConnected || !waits) return Step.Stay(state);
        // Tools have time limits of their own.
        if (answer.IsCalling) return new Step(state, [new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)]);
        var given = GivenUp(state);
        var drop = state.AwaitedTurn > 0 ? new Effect[] { new Effect.AbandonTurn(state.AwaitedTurn) } : Settle(state);
        return Rest(given, rules, [new Effect.GiveUpAnswer(Cancel: true), .. drop, new Effect.Tell("the server did not answer in time")]);
    }

    // A new session knows of no turn of the old one: hands-free listens afresh, what was kept is sent again. Places in the old
    // connection's audio mean nothing in the new one's.
    private static Step OnReady(DeviceState state, TurnRules rules)
    {
        var next = state with { SpeechEndMs = null };
        return state.Gate == TurnGate.Streaming && state.Turn is TurnState.Listening or TurnState.Committing
            ? Rest(next with { HasSpeech = false }, rules)
            : new Step(next, []);
    }

    // A session has taken the place of another one: to a turn on its way that is a lost link and a new one, to nobody's turn nothing.
    private static Step OnExchanged(DeviceState state, TurnRules rules)
    {
        var lost = OnLost(state, rules);
        var ready = OnReady(lost.State, rules);
        return new Step(ready.State, [.. lost.Effects, .. ready.Effects]);
    }

    // The turn goes on: it is kept, and sent again unless its answer is here and only now begins to sound.
    private static Step OnLost(DeviceState state, TurnRules rules)
    {
        var next = state with { HasSpeech = state.Gate != TurnGate.Streaming && state.HasSpeech };
        if (state.Turn is not (TurnState.Thinking or TurnState.Committing)) return new Step(next, []);
        // An answer that had begun and was to go on is not asked for again.
        if (state is { Gate: TurnGate.None, AwaitedTurn: 0 }) return Rest(next, rules);
        return new Step(next with { Turn = TurnState.Committing }, [new Effect.StopTimer(TimerKind.Answer)]);
    }
}
