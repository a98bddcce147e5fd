namespace EdgeVoice.Core.Conversation;

public static partial class TurnMachine
{
    private const int PressMs = 1_000;

    // What is to be heard waits for a loudspeaker, but not for ever: a turn must not stay Speaking because a plug was pulled.
    private static Step OnLoudspeaker(DeviceState state, ConversationEvent happened, AnswerFacts answer, TurnRules rules) => happened switch
    {
        LoudspeakerBack => new Step(state, [new Effect.StopTimer(TimerKind.Loudspeaker)]),
        TimerElapsed => OnNoLoudspeaker(state, answer, rules),
        _ when state.LoudspeakerProblem is null || !answer.IsBusy => Step.Stay(state),
        _ => new Step(state, [new Effect.StartTimer(TimerKind.Loudspeaker, TurnRules.LoudspeakerTimeoutMs)]),
    };

    private static Step OnNoLoudspeaker(DeviceState state, AnswerFacts answer, TurnRules rules)
    {
        if (state.LoudspeakerProblem is not { } why || !answer.IsBusy) return Step.Stay(state);
        // A press that is about to give the answer up, or to be none: looked at again when that is known.
        if (state.Press is { OpenedTurn: true, Interrupted: false })
            return new Step(state, [new Effect.StartTimer(TimerKind.Loudspeaker, PressMs)]);
        Effect[] effects =
        [
            new Effect.GiveUpAnswer(Cancel: true, Unheard: true),
            // The server has answered: the turn is not asked again.
            .. Settle(state),
            new Effect.Tell($"the answer could not be heard: loudspeaker missing: {why}"),
        ];
        var given = GivenUp(state);
        return IsAnswering(state.Turn) ? Rest(given, rules, effects) : new Step(given, effects);
    }
}
