namespace EdgeVoice.Core.Conversation;

/// <summary>A moment in which something may be exchanged that conversations need.</summary>
public enum Rest
{
    /// <summary>Nobody speaks and nothing is heard or waited for; the conversation is closed and nothing has happened for two seconds.</summary>
    Quiet,

    /// <summary>Nobody speaks and nothing is heard or waited for.</summary>
    BetweenTurns,

    /// <summary>Nobody speaks and nothing is heard; what waits for a connection that is not there may wait on.</summary>
    Silent,
}
