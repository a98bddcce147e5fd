namespace EdgeVoice.Core.Conversation;

/// <summary>
/// Sound devices lost and back. A lost microphone ends the conversation politely: a push-to-talk turn keeps what was said so far (sent
/// where it holds speech, else taken back), a hands-free one is taken back, an answer is heard to its end.
/// </summary>
public static class FaultMachine
{
    /// <summary>The table.</summary>
    public static Step Next(DeviceState state, ConversationEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        return happened switch
        {
            MicrophoneLost lost when state.MicrophoneProblem is null => OnMicrophoneLost(state with { MicrophoneProblem = lost.Why }, lost),
            MicrophoneLost lost => new Step(state with { MicrophoneProblem = lost.Why }, []),
            MicrophoneBack when state.MicrophoneProblem is not null =>
                new Step(state with { MicrophoneProblem = null }, [new Effect.Tell("microphone is back")]),
            LoudspeakerLost lost when state.LoudspeakerProblem is null =>
                new Step(state with { LoudspeakerProblem = lost.Why }, [new Effect.Tell($"loudspeaker missing: {lost.Why}")]),
            LoudspeakerLost lost => new Step(state with { LoudspeakerProblem = lost.Why }, []),
            LoudspeakerBack when state.LoudspeakerProblem is not null =>
                new Step(state with { LoudspeakerProblem = null }, [new Effect.Tell("loudspeaker is back")]),
            _ => Step.Stay(state),
        };
    }

    private static Step OnMicrophoneLost(DeviceState state, MicrophoneLost lost)
    {
        var tell = new Effect.Tell(TurnMachine.NoMicrophone(lost.Why));
        // A press so young that it may be a glitch is undone: what it paused goes on.
        var undone = state.Press is { OpenedTurn: true, Interrupted: false, Paused: true };
        if (state.Gate is TurnGate.Held or TurnGate.Latched && !undone)
        {
            var committed = TurnMachine.Commit(state with { Press = null }, lost.TimeNs);
            // An edge on a turn that was open already may have paused an answer.
            Effect[] resumed = state.Press is { Paused: true, Interrupted: false } ? [new Effect.ResumeSound()] : [];
            return new Step(committed.State, [tell, .. resumed, .. committed.Effects]);
        }

        var effects = new List<Effect> { tell };
        if (state.Gate != TurnGate.None) effects.Add(new Effect.AbandonTurn(state.GateTurn));
        if (state.Press is { Paused: true, Interrupted: false }) effects.Add(new Effect.ResumeSound());
        effects.Add(new Effect.StopTimer(TimerKind.Idle));
        var turn = TurnMachine.BeforePress(state);
        var answering = turn is TurnState.Thinking or TurnState.Speaking or TurnState.Committing;
        return new Step(
            state with
            {
                Gate = TurnGate.None,
                Press = null,
                Turn = answering ? turn : TurnState.Idle,
                Conversation = answering ? state.Conversation : ConversationState.Closed,
                HasSpeech = false,
            },
            effects);
    }
}
