namespace EdgeVoice.Core.Audio;

/// <summary>
/// One audio content part of an answer, named as the server names it: the object that segments, played marks and the
/// conversation share, so that "which item, and how far" never needs a string on an audio thread.
/// </summary>
/// <remarks>
/// The receive loop alone writes the counters; anyone reads them. Received counts what the server sent, kept what fitted
/// into the playback ring buffer: truncation compares with received.
/// </remarks>
public sealed class AudioItem(string responseId, string itemId, int contentIndex, int rate)
{
    private long _received;
    private long _kept;
    private int _done;

    /// <summary>Response the item belongs to.</summary>
    public string ResponseId { get; } = responseId;

    /// <summary>Item id.</summary>
    public string ItemId { get; } = itemId;

    /// <summary>Content part within the item, 0 for the first.</summary>
    public int ContentIndex { get; } = contentIndex;

    /// <summary>Samples a second of the session's output.</summary>
    public int Rate { get; } = rate;

    /// <summary>Monotonic time in nanoseconds at which the first delta arrived; 0 when not measured.</summary>
    public long FirstReceivedNs { get; init; }

    /// <summary>Samples the server has sent so far.</summary>
    public long ReceivedSamples => Volatile.Read(ref _received);

    /// <summary>Samples that reached the playback ring buffer: always the first of those received, never with a hole.</summary>
    public long KeptSamples => Volatile.Read(ref _kept);

    /// <summary>True once the server has said that no more audio of this part will come.</summary>
    public bool IsDone => Volatile.Read(ref _done) != 0;

    /// <summary>Receive loop: counts samples of one delta.</summary>
    public void Count(int received, int kept)
    {
        Volatile.Write(ref _kept, _kept + kept);
        Volatile.Write(ref _received, _received + received);
    }

    /// <summary>Receive loop: the part is complete.</summary>
    public void MarkDone() => Volatile.Write(ref _done, 1);

    /// <summary>Samples at <see cref="Rate"/> as whole milliseconds, rounded down.</summary>
    public int ToMs(long samples) => (int)(samples * 1000 / Rate);
}
