using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>Something that happened; the only way into the conversation.</summary>
public abstract record ConversationEvent;

/// <summary>What the button recogniser made of the edges.</summary>
public enum PressKind
{
    /// <summary>The first edge.</summary>
    Down,

    /// <summary>Still down 30 ms later: no glitch.</summary>
    Confirmed,

    /// <summary>It was none, or does nothing by itself: undo it.</summary>
    Undone,

    /// <summary>Held long enough to be a hold.</summary>
    HoldStarted,

    /// <summary>The hold was released.</summary>
    HoldEnded,

    /// <summary>A first tap.</summary>
    Tap,

    /// <summary>The second tap of a row.</summary>
    DoubleTap,

    /// <summary>Three taps.</summary>
    TripleTap,
}

/// <summary>A step of a press; <paramref name="TimeNs"/> is the monotonic time of its edge.</summary>
public sealed record ButtonPressed(PressKind Kind, long TimeNs) : ConversationEvent;

/// <summary>Somebody has typed a turn in place of speaking it.</summary>
public sealed record TextSaid(string Text) : ConversationEvent;

/// <summary>The energy detector heard the first speech of this turn.</summary>
public sealed record SpeechHeard(int Turn) : ConversationEvent;

/// <summary>The energy detector heard enough silence after speech in this turn.</summary>
public sealed record LocalSilence(int Turn, long TimeNs) : ConversationEvent;

/// <summary>The uplink has sent all of a turn and asked for its answer (or a later turn will: <paramref name="Asked"/> false).</summary>
public sealed record TurnSent(int Turn, bool Asked) : ConversationEvent;

/// <summary>The uplink took a turn back: nobody spoke in it, or it was too short.</summary>
public sealed record TurnTakenBack(int Turn, string Why) : ConversationEvent;

/// <summary>A typed turn was not taken, and the ones before it wait on.</summary>
public sealed record TextRefused(int Turn, string Why) : ConversationEvent;

/// <summary>Audio of unsettled turns had to be given up.</summary>
public sealed record TurnAudioLost(int Turn, long Samples) : ConversationEvent;

/// <summary>A server event other than audio.</summary>
public sealed record ServerSpoke(ServerEvent Event) : ConversationEvent;

/// <summary>The first audio of an item has come.</summary>
public sealed record ItemAudioStarted(AudioItem Item) : ConversationEvent;

/// <summary>News of what was heard.</summary>
public sealed record SoundPlayed(PlayedMark Mark) : ConversationEvent;

/// <summary>Nothing of the answer is left to be heard, and none is being made; raised by the loop itself.</summary>
public sealed record AnswerEnded(bool Failed, Trouble Trouble = Trouble.None) : ConversationEvent;

/// <summary>An answer was ordered by the conversation itself; raised by the loop.</summary>
public sealed record AnswerOrdered : ConversationEvent;

/// <summary>Something of an answer came that is not heard; <paramref name="IsShown"/>: text that a person can read. Raised by the loop.</summary>
public sealed record AnswerProgressed(bool IsShown) : ConversationEvent;

/// <summary>A response ended with a remote tool's call, and another one is to follow; raised by the loop.</summary>
public sealed record AnswerPaused : ConversationEvent;

/// <summary>The link changed.</summary>
public sealed record LinkChanged(LinkState State, string? Cause, Trouble Trouble = Trouble.None) : ConversationEvent
{
    /// <summary>For <see cref="LinkState.Ready"/>: this session takes the place of one that was ready until now.</summary>
    public bool IsSuccessor { get; init; }

    /// <summary>For <see cref="LinkState.Ready"/>: it is the session of before, since another one could not be had.</summary>
    public bool IsKept { get; init; }
}

/// <summary>A new session wants to be told of the conversation, at such a moment; raised by the session.</summary>
internal sealed record MemoryWanted(HandoverMoment Moment, TaskCompletionSource<IReadOnlyList<ClientEvent>?> Answer) : ConversationEvent;

/// <summary>Somebody asks whether it is such a moment.</summary>
internal sealed record RestWanted(Rest Rest, TaskCompletionSource<bool> Answer) : ConversationEvent;

/// <summary>Something beside the conversation is wrong that a person can mend.</summary>
public sealed record TroubleFound(Trouble Trouble) : ConversationEvent;

/// <summary>Other rules count from now on; raised between two turns.</summary>
public sealed record RulesChanged(TurnRules Rules) : ConversationEvent;

/// <summary>Someone wants the microphone closed or open; null: the other way round.</summary>
public sealed record MuteWanted(bool? Muted, long TimeNs) : ConversationEvent;

/// <summary>The switch for the microphone was put on (closed, whatever else is asked for) or off (open).</summary>
public sealed record MuteSwitched(bool IsOn, long TimeNs) : ConversationEvent;

/// <summary>What a timer was for.</summary>
public enum TimerKind
{
    /// <summary>Nobody has spoken for a while.</summary>
    Idle,

    /// <summary>The server has not answered.</summary>
    Answer,

    /// <summary>An answer waits for a loudspeaker.</summary>
    Loudspeaker,

    /// <summary>The server has called a remote tool and should go on.</summary>
    Continuation,
}

/// <summary>A timer ran out.</summary>
public sealed record TimerElapsed(TimerKind Timer, int Version) : ConversationEvent;

/// <summary>The microphone is absent, refused or was pulled out; <paramref name="Why"/> in one line.</summary>
public sealed record MicrophoneLost(string Why, long TimeNs) : ConversationEvent;

/// <summary>The microphone delivers (again).</summary>
public sealed record MicrophoneBack(long TimeNs) : ConversationEvent;

/// <summary>The loudspeaker is absent, refused or was pulled out; <paramref name="Why"/> in one line.</summary>
public sealed record LoudspeakerLost(string Why) : ConversationEvent;

/// <summary>The loudspeaker is there (again).</summary>
public sealed record LoudspeakerBack : ConversationEvent;

/// <summary>The device is up; hands-free devices that are always open begin to listen.</summary>
public sealed record DeviceStarted(long TimeNs) : ConversationEvent;

/// <summary>A tool has finished.</summary>
internal sealed record ToolAnswered(ToolCalls.Call Call, string Output) : ConversationEvent;

/// <summary>All of an answer so far has been heard, and it goes on when a tool has finished; raised by the loop itself.</summary>
public sealed record AnswerHeldUp : ConversationEvent;

/// <summary>This is to happen once the answer has been heard to its end.</summary>
public sealed record AfterAnswerWanted(AfterAnswer Wish) : ConversationEvent;

/// <summary>The conversation is to end; it does not where it is always open.</summary>
public sealed record CloseWanted : ConversationEvent;
