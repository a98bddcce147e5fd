using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Conversation;

/// <summary>Something worth showing; observers match on the kind they want.</summary>
public abstract record ConversationNews
{
    /// <summary>The states changed.</summary>
    public sealed record StateChanged(DeviceState State) : ConversationNews;

    /// <summary>Text of the conversation as it grows; <paramref name="Role"/> is <c>user</c> or <c>assistant</c>.</summary>
    public sealed record TranscriptGrew(string Role, string ItemId, string Text, bool IsFinal) : ConversationNews;

    /// <summary>A mark of the loudspeaker, as it came.</summary>
    public sealed record Sounded(PlayedMark Mark) : ConversationNews;

    /// <summary>An item began to sound; times are monotonic nanoseconds.</summary>
    public sealed record ItemSounded(string ResponseId, string ItemId, int ContentIndex, long FirstReceivedNs, long HeardNs) : ConversationNews;

    /// <summary>An item was heard to its end.</summary>
    public sealed record ItemHeard(string ItemId, int ContentIndex, long Samples, int Rate) : ConversationNews;

    /// <summary>
    /// An item was cut: <paramref name="PlayedMs"/> of it was heard, and the server was told <paramref name="AudioEndMs"/>
    /// (null: it was deleted, nothing of it was heard). <paramref name="OrderedNs"/> to <paramref name="StoppedNs"/>: the order
    /// to stop, and silence.
    /// </summary>
    public sealed record ItemCut(string ItemId, int? AudioEndMs, double PlayedMs, long OrderedNs, long StoppedNs) : ConversationNews;

    /// <summary>A step of the protocol that reports want: its wire name and when.</summary>
    public sealed record Milestone(string Name, int Turn, long TimeNs) : ConversationNews;

    /// <summary>The model called a tool, and its outcome is known.</summary>
    public sealed record ToolFinished(ToolOutcome Outcome) : ConversationNews;

    /// <summary>What is remembered of the conversation, oldest first.</summary>
    public sealed record MemoryChanged(IReadOnlyList<Remembered> Things) : ConversationNews;

    /// <summary>Something to be heard.</summary>
    public sealed record Cued(Cue Cue) : ConversationNews;

    /// <summary>A sentence for people.</summary>
    public sealed record Told(string Text) : ConversationNews;
}
