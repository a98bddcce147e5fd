using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Conversation;

/// <summary>What is to happen once an answer has been heard.</summary>
public enum AfterAnswer
{
    /// <summary>The conversation ends.</summary>
    Close,

    /// <summary>The microphone is closed.</summary>
    Mute,
}

/// <summary>Wishes that wait for an answer to be heard to its end.</summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
internal sealed class AfterAnswers(TimeProvider time)
{
    private readonly SortedSet<AfterAnswer> _wishes = [];

    /// <summary>Remembers one; the same one twice is one.</summary>
    public void Add(AfterAnswer wish) => _wishes.Add(wish);

    /// <summary>The answer was cut: whoever cuts a goodbye goes on talking, but the microphone was to be closed all the same.</summary>
    public void Cut() => _wishes.Remove(AfterAnswer.Close);

    /// <summary>What is to happen now that nobody speaks and nothing is to be heard any more.</summary>
    public IReadOnlyList<ConversationEvent> Take()
    {
        if (_wishes.Count == 0) return [];
        var events = _wishes.Select(wish => wish == AfterAnswer.Mute ? (ConversationEvent)new MuteWanted(true, time.NowNs()) : new CloseWanted()).ToList();
        _wishes.Clear();
        return events;
    }
}
