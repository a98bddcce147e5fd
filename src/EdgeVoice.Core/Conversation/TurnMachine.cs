using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>Whose turn it is, and whether a conversation is going on: pure tables of (state, event).</summary>
/// <remarks>Presses stand in the button part, what the server and the loudspeaker say in this one.</remarks>
public static partial class TurnMachine
{
    /// <summary>The table.</summary>
    public static Step Next(DeviceState state, ConversationEvent happened, AnswerFacts answer, TurnRules rules)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(rules);
        return happened switch
        {
            DeviceStarted started => Reopen(state, started.TimeNs, rules),
            ButtonPressed { Kind: PressKind.TripleTap } press => Reopen(state, press.TimeNs, rules),
            ButtonPressed press => OnPress(state, press, answer, rules),
            SpeechHeard heard when IsOpenTurn(state, heard.Turn) && state.Turn == TurnState.Armed && !rules.HandsFree =>
                new Step(state with { Turn = TurnState.Listening }, [new Effect.StopTimer(TimerKind.Idle)]),
            LocalSilence silence when IsOpenTurn(state, silence.Turn) && state is { Gate: TurnGate.Latched, Press: null } =>
                Commit(state, silence.TimeNs),
            TurnSent sent => OnSent(state, sent),
            TurnTakenBack back when back.Turn == state.TurnNumber && state.Turn == TurnState.Committing =>
                Rest(state, rules, new Effect.Tell($"nothing sent: {back.Why}")),
            TurnAudioLost lost => new Step(state, [new Effect.Tell($"{lost.Samples} samples of what was said were lost")]),
            ServerSpoke spoke => OnServer(state, spoke.Event, rules),
            SoundPlayed { Mark.Kind: Audio.PlayedMarkKind.Started } => OnSound(state, answer),
            SoundPlayed { Mark.Kind: Audio.PlayedMarkKind.Flushed } when state.Turn == TurnState.Interrupted => OnFlushed(state, rules),
            AnswerEnded ended => OnAnswerEnded(state, ended, rules),
            TimerElapsed timer => OnTimer(state, timer, rules),
            LinkChanged { State: LinkState.Ready } => OnReady(state, rules),
            LinkChanged { State: LinkState.Offline or LinkState.Stopped } when state.Turn == TurnState.Thinking =>
                new Step(state with { Turn = TurnState.Committing }, [new Effect.StopTimer(TimerKind.Answer)]),
            MuteWanted mute => Reopen(state, mute.TimeNs, rules),
            _ => Step.Stay(state),
        };
    }

    private static bool IsOpenTurn(DeviceState state, int turn) => state.Gate != TurnGate.None && state.TurnNumber == turn;

    // A device that is always open listens from its start and from the end of a mute.
    private static Step Reopen(DeviceState state, long timeNs, TurnRules rules) =>
        rules is { HandsFree: true, AlwaysOpen: true } && state.Mute == MuteState.Open && state.Gate == TurnGate.None
            ? OpenStream(state, timeNs)
            : Step.Stay(state);

    private static Step OpenStream(DeviceState state, long timeNs)
    {
        var turn = state.TurnNumber + 1;
        return new Step(
            state with
            {
                TurnNumber = turn,
                Gate = TurnGate.Streaming,
                Turn = TurnState.Armed,
                Conversation = ConversationState.Open,
                SpeechEndMs = null,
            },
            [new Effect.OpenTurn(turn, timeNs, Stream: true)]);
    }

    // Ends the open push-to-talk turn; what becomes of it the uplink tells.
    private static Step Commit(DeviceState state, long atNs) => new(
        state with { Gate = TurnGate.None, Turn = TurnState.Committing },
        [new Effect.CloseTurn(state.TurnNumber, atNs), new Effect.StopTimer(TimerKind.Idle)]);

    private static Step OnSent(DeviceState state, TurnSent sent) =>
        sent.Asked && state is { Turn: TurnState.Committing } && sent.Turn == state.TurnNumber
            ? new Step(state, [new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)])
            : Step.Stay(state);

    private static Step OnServer(DeviceState state, ServerEvent spoke, TurnRules rules) => spoke switch
    {
        InputAudioBufferSpeechStarted when state.Gate == TurnGate.Streaming => OnSpeechStarted(state, rules),
        InputAudioBufferSpeechStopped stopped when state.Gate == TurnGate.Streaming && state.Turn == TurnState.Listening =>
            new Step(
                state with { Turn = TurnState.Committing, SpeechEndMs = stopped.AudioEndMs },
                [new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)]),
        InputAudioBufferCommitted => OnCommitted(state, rules),
        _ => Step.Stay(state),
    };

    private static Step OnSpeechStarted(DeviceState state, TurnRules rules)
    {
        Effect[] listen = [new Effect.StopTimer(TimerKind.Idle), new Effect.StopTimer(TimerKind.Answer)];
        if (state.Turn is TurnState.Armed or TurnState.Idle)
            return new Step(state with { Turn = TurnState.Listening }, listen);
        if (state.Turn is not (TurnState.Speaking or TurnState.Thinking or TurnState.Committing)) return Step.Stay(state);
        return rules.InterruptResponse
            ? new Step(state with { Turn = TurnState.Interrupted }, [new Effect.GiveUpAnswer(Cancel: false), .. listen])
            : new Step(state with { Turn = TurnState.Listening }, listen);
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
        if (state.Turn is not (TurnState.Thinking or TurnState.Committing) || !answer.IsBusy) return Step.Stay(state);
        return new Step(state with { Turn = TurnState.Speaking }, [Settle(state), new Effect.StopTimer(TimerKind.Answer)]);
    }

    private static Effect Settle(DeviceState state) => state is { Gate: TurnGate.Streaming, SpeechEndMs: { } end }
        ? new Effect.SettleStream(end)
        : new Effect.SettleTurn(state.TurnNumber);

    private static Step OnFlushed(DeviceState state, TurnRules rules) => state.Gate switch
    {
        TurnGate.Streaming when state.Press is null => new Step(state with { Turn = TurnState.Listening }, []),
        TurnGate.None => Rest(state, rules),
        _ => new Step(state with { Turn = TurnState.Armed }, []),
    };

    private static Step OnAnswerEnded(DeviceState state, AnswerEnded ended, TurnRules rules)
    {
        if (state.Turn is not (TurnState.Speaking or TurnState.Thinking or TurnState.Committing)) return Step.Stay(state);
        var settle = Settle(state);
        return ended.Failed ? Rest(state, rules, settle, new Effect.Tell("the server could not answer")) : Rest(state, rules, settle);
    }

    private static Step OnTimer(DeviceState state, TimerElapsed timer, TurnRules rules) => timer.Timer switch
    {
        TimerKind.Answer when state is { Link: LinkState.Ready, Turn: TurnState.Thinking or TurnState.Committing } =>
            Rest(state, rules, new Effect.GiveUpAnswer(Cancel: true), Settle(state), new Effect.Tell("the server did not answer in time")),
        TimerKind.Idle when state.Press is null && state.Turn is TurnState.Idle or TurnState.Armed && !rules.AlwaysOpen => Close(state),
        _ => Step.Stay(state),
    };

    // A new session knows of no turn of the old one: hands-free listens afresh, what was kept is sent again.
    private static Step OnReady(DeviceState state, TurnRules rules) =>
        rules.HandsFree && state.Gate == TurnGate.Streaming && state.Turn is TurnState.Listening or TurnState.Committing
            ? new Step(state with { Turn = TurnState.Armed, SpeechEndMs = null }, [])
            : Step.Stay(state);

    // Nobody's turn: hands-free goes on listening, push to talk waits for the next press.
    private static Step Rest(DeviceState state, TurnRules rules, params ReadOnlySpan<Effect> effects)
    {
        var next = state with { Turn = state.Gate == TurnGate.Streaming ? TurnState.Armed : TurnState.Idle };
        return new Step(next, [.. effects, new Effect.StopTimer(TimerKind.Answer), new Effect.StartTimer(TimerKind.Idle, rules.IdleTimeoutMs)]);
    }

    // The conversation is over; what was being said is taken back.
    private static Step Close(DeviceState state)
    {
        var effects = new List<Effect>();
        if (state.Gate != TurnGate.None) effects.Add(new Effect.AbandonTurn(state.TurnNumber));
        effects.Add(new Effect.StopTimer(TimerKind.Idle));
        effects.Add(new Effect.StopTimer(TimerKind.Answer));
        return new Step(
            state with { Gate = TurnGate.None, Turn = TurnState.Idle, Conversation = ConversationState.Closed, Press = null },
            effects);
    }
}
