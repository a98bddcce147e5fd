namespace EdgeVoice.Core.Uplink;

/// <summary>How a turn left the uplink.</summary>
public enum TurnOutcome
{
    /// <summary>All of it was sent, and its commit; no answer was asked for (a later turn will).</summary>
    Sent,

    /// <summary>All of it was sent, its commit, and the order to answer.</summary>
    Asked,

    /// <summary>The energy detector heard nothing in it; nothing was committed.</summary>
    NothingHeard,

    /// <summary>Less than the server takes; nothing was committed.</summary>
    TooShort,

    /// <summary>More texts wait than are kept; this one was not.</summary>
    TooMany,
}

/// <summary>Hears of the turns on the uplink's loop; must not block.</summary>
public interface IUplinkListener
{
    /// <summary>The first speech in the open turn.</summary>
    void SpeechHeard(int turn);

    /// <summary>The open turn has been silent, after speech, for the configured time.</summary>
    void SilenceHeard(int turn);

    /// <summary>The first audio of the turn was handed to the socket, at this monotonic time in nanoseconds.</summary>
    void FirstAppend(int turn, long timeNs);

    /// <summary>The turn has ended.</summary>
    void TurnEnded(int turn, TurnOutcome outcome);

    /// <summary>So many of the oldest samples of an unsettled turn had to be given up since the last telling: at once, then every 10 s, then at its end.</summary>
    void AudioLost(int turn, long samples);
}
