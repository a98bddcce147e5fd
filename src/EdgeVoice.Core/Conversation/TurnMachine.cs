using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>Whose turn it is, and whether a conversation is going on: pure tables of (state, event).</summary>
/// <remarks>Presses stand in the button part, what becomes of an answer in the answer part, what a person says in this one.</remarks>
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
            MuteWanted mute => Reopen(state, mute.TimeNs, rules),
            MuteSwitched moved => Reopen(state, moved.TimeNs, rules),
            MicrophoneBack back => Reopen(state, back.TimeNs, rules),
            ButtonPressed press => OnPress(state, press, answer, rules),
            TextSaid said => OnText(state, said, answer, rules),
            SpeechHeard heard when IsOpenTurn(state, heard.Turn) && !rules.HandsFree => OnSpeechHeard(state),
            LocalSilence silence when IsOpenTurn(state, silence.Turn) && state.Gate == TurnGate.Latched => OnSilence(state, silence.TimeNs),
            TurnAudioLost lost => new Step(state, [new Effect.Tell($"{lost.Samples} samples of what was said were lost")]),
            ServerSpoke { Event: InputAudioBufferSpeechStarted } when state.Gate == TurnGate.Streaming => OnSpeechStarted(state, answer, rules),
            ServerSpoke { Event: InputAudioBufferSpeechStopped stopped } when state.Gate == TurnGate.Streaming =>
                OnSpeechStopped(state, stopped.AudioEndMs),
            SoundPlayed { Mark.Kind: PlayedMarkKind.Flushed } when state.Turn == TurnState.Interrupted => OnFlushed(state, rules),
            TimerElapsed { Timer: TimerKind.Idle } or CloseWanted => OnIdle(state, rules),
            _ => OnAnswerSide(state, happened, answer, rules),
        };
    }

    private static bool IsOpenTurn(DeviceState state, int turn) => state.Gate != TurnGate.None && state.GateTurn == turn;

    // A device that is always open listens from its start and from the end of a mute.
    private static Step Reopen(DeviceState state, long timeNs, TurnRules rules) =>
        rules is { HandsFree: true, AlwaysOpen: true } && state is { Mute: MuteState.Open, Gate: TurnGate.None, MicrophoneProblem: null }
            ? OpenStream(state, timeNs)
            : Step.Stay(state);

    private static Step OpenStream(DeviceState state, long timeNs)
    {
        var turn = state.TurnNumber + 1;
        return new Step(
            state with
            {
                TurnNumber = turn,
                GateTurn = turn,
                Gate = TurnGate.Streaming,
                // An answer may still be sounding: it goes on.
                Turn = IsAnswering(state.Turn) ? state.Turn : TurnState.Armed,
                Conversation = ConversationState.Open,
                SpeechEndMs = null,
                HasSpeech = false,
            },
            [new Effect.OpenTurn(turn, timeNs, Stream: true)]);
    }

    private static Step OnSpeechHeard(DeviceState state) => new(
        // While an answer is being cut the turn is not its own yet: it is remembered for later.
        state with { HasSpeech = true, Turn = state.Turn == TurnState.Armed ? TurnState.Listening : state.Turn },
        [new Effect.StopTimer(TimerKind.Idle)]);

    // A press in between may turn out to be none: then the silence still counts.
    private static Step OnSilence(DeviceState state, long atNs) => state.Press is { } press
        ? new Step(state with { Press = press with { SilenceNs = atNs } }, [])
        : Commit(state, atNs);

    // Ends the open push-to-talk turn; what becomes of it the uplink tells.
    internal static Step Commit(DeviceState state, long atNs) => new(
        state with { Gate = TurnGate.None, Turn = TurnState.Committing, AwaitedTurn = state.GateTurn, HasSpeech = false },
        [new Effect.CloseTurn(state.GateTurn, atNs), new Effect.StopTimer(TimerKind.Idle)]);

    private static Step OnSpeechStarted(DeviceState state, AnswerFacts answer, TurnRules rules)
    {
        var heard = state with { HasSpeech = true };
        Effect[] listen = [new Effect.StopTimer(TimerKind.Idle), new Effect.StopTimer(TimerKind.Answer)];
        if (state.Turn == TurnState.Interrupted) return new Step(heard, listen);
        var interrupts = IsAnswering(state.Turn) || (answer.IsBusy && state.Turn != TurnState.Listening);
        return interrupts && rules.InterruptResponse
            ? new Step(GivenUp(heard) with { Turn = TurnState.Interrupted }, [new Effect.GiveUpAnswer(Cancel: false), .. listen])
            : new Step(heard with { Turn = TurnState.Listening }, listen);
    }

    private static Step OnSpeechStopped(DeviceState state, int endMs) => IsAnswering(state.Turn)
        ? Step.Stay(state)
        : new Step(
            state with { Turn = TurnState.Committing, SpeechEndMs = endMs, HasSpeech = false },
            [new Effect.StopTimer(TimerKind.Idle), new Effect.StartTimer(TimerKind.Answer, TurnRules.AnswerTimeoutMs)]);

    private static Step OnFlushed(DeviceState state, TurnRules rules) => state.Gate == TurnGate.None
        ? Rest(state, rules)
        : new Step(state with { Turn = state.HasSpeech ? TurnState.Listening : TurnState.Armed }, []);

    private static Step OnIdle(DeviceState state, TurnRules rules) =>
        state is { Press: null, Turn: TurnState.Idle or TurnState.Armed } && !rules.AlwaysOpen ? Close(state) : Step.Stay(state);

    private static bool IsAnswering(TurnState turn) => turn is TurnState.Speaking or TurnState.Thinking or TurnState.Committing;

    // The answers to all turns but the one being spoken are not wanted any more; a press that is not judged yet may be speaking one.
    private static DeviceState GivenUp(DeviceState state) => state with
    {
        GivenUpTo = state.Gate is TurnGate.Held or TurnGate.Latched || state.Press is { OpenedTurn: true, Interrupted: false }
            ? state.GateTurn - 1
            : state.TurnNumber,
        AwaitedTurn = 0,
    };

    // Nobody's turn: hands-free goes on listening, push to talk waits for the next press.
    private static Step Rest(DeviceState state, TurnRules rules, params ReadOnlySpan<Effect> effects)
    {
        var next = state with
        {
            Turn = state.Gate == TurnGate.Streaming ? TurnState.Armed : TurnState.Idle,
            AwaitedTurn = 0,
            // Nobody can say anything more: the conversation ends with its last answer.
            Conversation = state.MicrophoneProblem is null ? state.Conversation : ConversationState.Closed,
        };
        return new Step(next, [.. effects, new Effect.StopTimer(TimerKind.Answer), new Effect.StartTimer(TimerKind.Idle, rules.IdleTimeoutMs)]);
    }

    // The conversation is over; what was being said is taken back.
    private static Step Close(DeviceState state)
    {
        var effects = new List<Effect>();
        if (state.Gate != TurnGate.None) effects.Add(new Effect.AbandonTurn(state.GateTurn));
        effects.Add(new Effect.StopTimer(TimerKind.Idle));
        effects.Add(new Effect.StopTimer(TimerKind.Answer));
        return new Step(
            state with
            {
                Gate = TurnGate.None,
                Turn = TurnState.Idle,
                Conversation = ConversationState.Closed,
                Press = null,
                AwaitedTurn = 0,
                HasSpeech = false,
            },
            effects);
    }
}
