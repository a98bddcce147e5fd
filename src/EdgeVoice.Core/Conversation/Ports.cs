using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>What the conversation orders of the uplink; none of it blocks.</summary>
public interface ITurnAudio
{
    /// <summary>Opens a turn that begins before <paramref name="fromNs"/> by the pre-roll.</summary>
    void Open(int turn, long fromNs, bool stream);

    /// <summary>Ends, commits and asks.</summary>
    void Close(int turn, long atNs);

    /// <summary>A typed turn, sent after what is being said; asks for its answer where <paramref name="respond"/>.</summary>
    void Say(int turn, string text, bool respond);

    /// <summary>The server has taken this typed turn.</summary>
    void TextTaken(int turn);

    /// <summary>Takes the turn back.</summary>
    void Abandon(int turn);

    /// <summary>The oldest commit was taken.</summary>
    void CommitTaken();

    /// <summary>The answer to this turn has begun to sound or is done.</summary>
    void Settle(int turn);

    /// <summary>Hands-free: settled up to this place.</summary>
    void SettleStream(int audioEndMs);
}

/// <summary>What the conversation orders of the sound; none of it blocks.</summary>
public interface IAnswerSound
{
    /// <summary>Stand still at once.</summary>
    void Pause();

    /// <summary>Go on.</summary>
    void Resume();

    /// <summary>Discard everything queued, and whatever still comes of these responses. Answered by a mark of the new epoch.</summary>
    int Flush(IReadOnlyCollection<string> responses);

    /// <summary>Keep nothing of this response; what is queued goes on.</summary>
    void Refuse(string response);
}

/// <summary>What the conversation orders of the session.</summary>
public interface ISessionOrders
{
    /// <summary>Queues a client event; false when there is no connection.</summary>
    bool Post(ClientEvent clientEvent);
}

/// <summary>What the conversation orders of the microphone.</summary>
public interface IMicrophoneSwitch
{
    /// <summary>Closes the capture device; its history is zeroed.</summary>
    void Close();

    /// <summary>Opens it again.</summary>
    void Open();
}

/// <summary>What the conversation orders of the device's tools.</summary>
public interface IToolRunner
{
    /// <summary>
    /// Carries a call out without blocking; <paramref name="finished"/> is called once with the text for the model, from any thread, at
    /// the latest when the tool's time limit is over.
    /// </summary>
    void Run(string name, string arguments, Action<string> finished);
}

/// <summary>Watches the conversation: the terminal, the control socket, the report.</summary>
public interface IConversationObserver
{
    /// <summary>Called on the conversation's loop, in order; must not block.</summary>
    void OnNews(ConversationNews news);
}
