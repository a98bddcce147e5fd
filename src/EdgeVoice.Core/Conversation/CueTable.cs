using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Conversation;

/// <summary>Which sound belongs to what happened: one pure table.</summary>
public static class CueTable
{
    /// <summary>The table: what is to be heard when <paramref name="happened"/> led from one state to the next; null for nothing.</summary>
    public static Cue? Of(DeviceState before, ConversationEvent happened, DeviceState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return happened switch
        {
            DeviceStarted => new Cue(SoundName.StartUp),
            ButtonPressed { Kind: PressKind.Confirmed } => OnPress(after),
            // Nobody could hear that there is no loudspeaker: the lights and the log tell it.
            MicrophoneLost => before.MicrophoneProblem is null ? Cue.Error(Trouble.NoMicrophone) : null,
            LinkChanged => OnLink(before, after),
            TroubleFound found => Cue.Error(found.Trouble),
            TurnAudioLost or TextRefused => Cue.Error(),
            TurnTakenBack back => IsAwaited(before, back.Turn) && after.Press is null ? new Cue(SoundName.NothingHeard) : null,
            AnswerEnded { Failed: true } failed => IsWaiting(before) ? Cue.Error(failed.Trouble) : null,
            TimerElapsed { Timer: TimerKind.Answer } => before.Turn != after.Turn ? Cue.Error() : null,
            _ => OnState(before, happened, after),
        };
    }

    // Not at the first edge, which may be a glitch, but 30 ms later.
    private static Cue OnPress(DeviceState after)
    {
        if (after.Mute == MuteState.Muted) return new Cue(SoundName.MuteOn);
        if (after.Press is null) return after.MicrophoneProblem is null ? Cue.Hush : Cue.Error(Trouble.NoMicrophone);
        // Hands-free, a tap that interrupts an answer listens; one while listening closes.
        var listens = after.Press is { OpenedTurn: true } or { Interrupted: true, Gate: TurnGate.Streaming };
        if (!listens) return Cue.Hush;
        return !after.IsConnected && after.LinkTrouble != Trouble.None && !Troubles.MayPass(after.LinkTrouble)
            ? Cue.Error(after.LinkTrouble)
            : new Cue(SoundName.Woken);
    }

    // Once a row: what lasts at once, what may pass when it has not passed.
    private static Cue? OnLink(DeviceState before, DeviceState after)
    {
        if (after.LinkTrouble == Trouble.None) return null;
        if (after.LinkTrouble == before.LinkTrouble && after.LinkFailures == before.LinkFailures) return null;
        return after.LinkFailures == (Troubles.MayPass(after.LinkTrouble) ? LinkMachine.LastingFailures : 1) ? Cue.Error(after.LinkTrouble) : null;
    }

    private static Cue? OnState(DeviceState before, ConversationEvent happened, DeviceState after)
    {
        if (before.Mute != after.Mute) return new Cue(after.Mute == MuteState.Muted ? SoundName.MuteOn : SoundName.MuteOff);
        if (before.Gate == TurnGate.None || after.Gate != TurnGate.None) return null;
        if (happened is ButtonPressed { Kind: PressKind.Undone } && before.Press is { OpenedTurn: true }) return null;
        // A turn that is empty so far is told when that is certain: nothing heard.
        var mayBeEmpty = after.Turn == TurnState.Committing && before.Gate != TurnGate.Streaming && !before.HasSpeech;
        return mayBeEmpty ? null : new Cue(SoundName.DoneListening);
    }

    private static bool IsAwaited(DeviceState state, int turn) => turn == state.AwaitedTurn && IsWaiting(state);

    private static bool IsWaiting(DeviceState state) =>
        TurnMachine.BeforePress(state) is TurnState.Committing or TurnState.Thinking or TurnState.Speaking;
}
