namespace EdgeVoice.Core.Conversation;

/// <summary>Mute: the capture device is closed, and what a person was saying is taken back.</summary>
public static class MuteMachine
{
    /// <summary>What whoever wants the microphone open is told while its switch is on.</summary>
    public const string BySwitch = "muted by its switch: only the switch opens the microphone";

    /// <summary>The table.</summary>
    public static Step Next(DeviceState state, ConversationEvent happened)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (happened is MuteSwitched moved) state = state with { MuteSwitchOn = moved.IsOn };
        var wanted = happened switch
        {
            MuteWanted mute => mute.Muted ?? state.Mute == MuteState.Open,
            MuteSwitched { IsOn: var on } => on,
            ButtonPressed { Kind: PressKind.TripleTap } => state.Mute == MuteState.Open,
            _ => (bool?)null,
        };
        if (wanted is null || wanted == (state.Mute == MuteState.Muted)) return Step.Stay(state);
        if (!wanted.Value && state.MuteSwitchOn) return new Step(state, [new Effect.Tell(BySwitch)]);
        if (!wanted.Value) return new Step(state with { Mute = MuteState.Open }, [new Effect.OpenMicrophone(), new Effect.Tell("microphone open")]);
        return new Step(Muted(state), Effects(state));
    }

    private static List<Effect> Effects(DeviceState state)
    {
        var effects = new List<Effect>();
        if (state.Gate != TurnGate.None) effects.Add(new Effect.AbandonTurn(state.GateTurn));
        if (state.Press is { Paused: true, Interrupted: false }) effects.Add(new Effect.ResumeSound());
        effects.Add(new Effect.StopTimer(TimerKind.Idle));
        effects.Add(new Effect.CloseMicrophone());
        effects.Add(new Effect.Tell("muted"));
        return effects;
    }

    private static DeviceState Muted(DeviceState state)
    {
        // What was to be heard, or is on its way, is not what the microphone hears.
        var turn = TurnMachine.BeforePress(state);
        var answering = turn is TurnState.Thinking or TurnState.Speaking or TurnState.Committing;
        return state with
        {
            Mute = MuteState.Muted,
            Gate = TurnGate.None,
            Press = null,
            Turn = answering ? turn : TurnState.Idle,
            Conversation = answering ? state.Conversation : ConversationState.Closed,
            HasSpeech = false,
        };
    }
}
