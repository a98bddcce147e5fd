namespace EdgeVoice.Core.Uplink;

/// <summary>
/// What a person said, from its first pre-roll sample until it is settled; positions are those of the kept audio.
/// </summary>
internal sealed class KeptTurn(int id, bool stream, long start)
{
    public int Id { get; } = id;

    /// <summary>Hands-free: the server ends the turns in it, and nothing of ours commits.</summary>
    public bool IsStream { get; } = stream;

    /// <summary>What was typed in place of spoken; null for sound. A typed turn has no samples.</summary>
    public string? Text { get; init; }

    public long Start { get; set; } = start;

    /// <summary>Behind the last sample; null while the turn is open.</summary>
    public long? End { get; set; }

    /// <summary>Behind the last sample handed to the present connection.</summary>
    public long SentTo { get; set; } = start;

    /// <summary>Place of the first sample of this turn in all audio of the present connection, once it has been sent.</summary>
    public long? ConnectionStart { get; set; }

    /// <summary>Kept position of that first sample.</summary>
    public long ConnectionOrigin { get; set; }

    /// <summary>Set when the turn is to be taken back instead of committed.</summary>
    public TurnOutcome? Dropped { get; set; }

    /// <summary>Everything there is to send on this connection has been sent.</summary>
    public bool Finished { get; set; }

    /// <summary>Monotonic time at which the turn is to end, tail included; null while nobody has ended it.</summary>
    public long? CloseAtNs { get; set; }

    public bool Respond { get; set; }

    public bool RequireSpeech { get; set; }

    public bool HeardSpeech { get; set; }

    public bool ToldSilence { get; set; }

    public bool FirstAppendTold { get; set; }

    public bool CommitSent { get; set; }

    public bool Committed { get; set; }

    /// <summary>With its commit, an answer was ordered: the turn is kept until that begins to sound.</summary>
    public bool Asked { get; set; }

    /// <summary>Samples given up that the listener has not been told of.</summary>
    public long LossUntold { get; set; }

    /// <summary>Monotonic time of the last telling; null: none yet.</summary>
    public long? LossToldNs { get; set; }

    /// <summary>A new connection has heard nothing of it yet.</summary>
    public void Rewind()
    {
        SentTo = Start;
        ConnectionStart = null;
        CommitSent = Committed = Asked = Finished = false;
    }
}
