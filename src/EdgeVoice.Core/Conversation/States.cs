using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Conversation;

/// <summary>The link to the server.</summary>
public enum LinkState
{
    /// <summary>No connection; another attempt follows.</summary>
    Offline,

    /// <summary>An attempt is under way.</summary>
    Connecting,

    /// <summary>Connected and configured.</summary>
    Ready,

    /// <summary>A new session is being opened beside the old one.</summary>
    Rotating,

    /// <summary>Refused for a cause that trying again will not mend.</summary>
    Stopped,
}

/// <summary>Whether a conversation is going on.</summary>
public enum ConversationState
{
    /// <summary>Nothing leaves the device.</summary>
    Closed,

    /// <summary>People and device are talking.</summary>
    Open,
}

/// <summary>Whose turn it is.</summary>
public enum TurnState
{
    /// <summary>Nobody's.</summary>
    Idle,

    /// <summary>Woken; no speech yet.</summary>
    Armed,

    /// <summary>Speech is heard.</summary>
    Listening,

    /// <summary>The person has finished; the turn is on its way.</summary>
    Committing,

    /// <summary>The server has the turn; no sound yet.</summary>
    Thinking,

    /// <summary>The answer sounds.</summary>
    Speaking,

    /// <summary>The answer was cut; what was heard of it is being found out.</summary>
    Interrupted,
}

/// <summary>Whether the microphone may be open.</summary>
public enum MuteState
{
    /// <summary>It may.</summary>
    Open,

    /// <summary>It is closed.</summary>
    Muted,
}

/// <summary>What keeps the present turn open.</summary>
public enum TurnGate
{
    /// <summary>No turn is open.</summary>
    None,

    /// <summary>A finger on the button.</summary>
    Held,

    /// <summary>A tap; the next tap or silence ends it.</summary>
    Latched,

    /// <summary>Hands-free: the server's turn detection.</summary>
    Streaming,
}

/// <summary>A press whose meaning is not known yet, and what to go back to if it was none.</summary>
/// <param name="OpenedTurn">A turn was opened for it.</param>
/// <param name="Paused">Sound was paused for it.</param>
/// <param name="Interrupted">It has cut an answer.</param>
/// <param name="Turn">Turn state before it.</param>
/// <param name="Conversation">Conversation state before it.</param>
/// <param name="Gate">Gate before it.</param>
public sealed record PendingPress(
    bool OpenedTurn, bool Paused, bool Interrupted, TurnState Turn, ConversationState Conversation, TurnGate Gate)
{
    /// <summary>When the latched turn has ended by silence meanwhile, in monotonic nanoseconds; null: it has not.</summary>
    public long? SilenceNs { get; init; }

    /// <summary>The turn that was on its way before it, not taken by the server yet; 0: none.</summary>
    public int TurnOnItsWay { get; init; }
}

/// <summary>The four machines' states, and what the turn machine must remember.</summary>
public sealed record DeviceState
{
    /// <summary>The link to the server.</summary>
    public LinkState Link { get; init; } = LinkState.Offline;

    /// <summary>A session takes what is sent.</summary>
    public bool IsConnected => Link is LinkState.Ready or LinkState.Rotating;

    /// <summary>Why the link is down, in one line; null while it is up or has not been tried.</summary>
    public string? LinkCause { get; init; }

    /// <summary>What a person can do about the link; none while it is up or has not been tried.</summary>
    public Trouble LinkTrouble { get; init; }

    /// <summary>Attempts in a row that failed for that, as far as they are counted.</summary>
    public int LinkFailures { get; init; }

    /// <summary>Whether a conversation is going on.</summary>
    public ConversationState Conversation { get; init; }

    /// <summary>Whose turn it is.</summary>
    public TurnState Turn { get; init; }

    /// <summary>Whether the microphone may be open.</summary>
    public MuteState Mute { get; init; }

    /// <summary>The switch for the microphone is on: nothing but the switch opens it.</summary>
    public bool MuteSwitchOn { get; init; }

    /// <summary>Why there is no microphone, in one line; null while there is one or it is muted.</summary>
    public string? MicrophoneProblem { get; init; }

    /// <summary>Why there is no loudspeaker, in one line; null while there is one.</summary>
    public string? LoudspeakerProblem { get; init; }

    /// <summary>What keeps the present turn open.</summary>
    public TurnGate Gate { get; init; }

    /// <summary>Number of the newest turn; 0 before the first.</summary>
    public int TurnNumber { get; init; }

    /// <summary>Number of the turn that the gate keeps open; counts only while there is a gate.</summary>
    public int GateTurn { get; init; }

    /// <summary>A press whose meaning is not known yet, or null.</summary>
    public PendingPress? Press { get; init; }

    /// <summary>The turn on its way whose answer is waited for; 0: none, or its answer has begun.</summary>
    public int AwaitedTurn { get; init; }

    /// <summary>Answers to this turn and all before it are not wanted any more.</summary>
    public int GivenUpTo { get; init; }

    /// <summary>Speech is heard in the open turn.</summary>
    public bool HasSpeech { get; init; }

    /// <summary>Hands-free: where the turn being answered ended, in ms of the connection's audio.</summary>
    public int? SpeechEndMs { get; init; }
}

/// <summary>What the turn machine needs to know of the answer, from the ledger.</summary>
/// <param name="IsBusy">A response is ordered or running, or some of an answer has not been heard.</param>
/// <param name="IsOrdered">A response is ordered and has not begun.</param>
/// <param name="IsCalling">A tool is at work, within its time limit; a response is ordered when it has finished.</param>
public readonly record struct AnswerFacts(bool IsBusy, bool IsOrdered = false, bool IsCalling = false);

/// <summary>How the device is used; fixed while the loop runs.</summary>
/// <param name="HandsFree">True: the server's turn detection; false: push to talk.</param>
/// <param name="AlwaysOpen">Hands-free without an opening tap.</param>
/// <param name="InterruptResponse">Speech interrupts an answer.</param>
/// <param name="CreateResponse">The server answers a detected turn by itself.</param>
/// <param name="IdleTimeoutMs">A conversation in which nobody speaks ends after this time, in ms.</param>
/// <param name="MemoryTokens">Tokens of the conversation that a later session is told at most; 0: nothing.</param>
/// <param name="Unmute">What opens the microphone, told to whoever presses while it is closed.</param>
public sealed record TurnRules(
    bool HandsFree,
    bool AlwaysOpen = false,
    bool InterruptResponse = true,
    bool CreateResponse = true,
    int IdleTimeoutMs = 20_000,
    string Unmute = "three taps open the microphone",
    int MemoryTokens = TurnRules.UsualMemoryTokens)
{
    /// <summary>Default of <see cref="MemoryTokens"/>.</summary>
    public const int UsualMemoryTokens = 4_000;

    /// <summary>A server that takes a turn and never answers is given up after this time, in ms.</summary>
    public const int AnswerTimeoutMs = 30_000;

    /// <summary>An answer waits so long for a loudspeaker that was lost or never there, in ms; then it is given up.</summary>
    public const int LoudspeakerTimeoutMs = 10_000;

    /// <summary>A server that has called a remote tool and does not go on by itself is asked to after this time, in ms.</summary>
    public const int ContinuationMs = 2_000;
}
