namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>What came from servers that this program does not know or cannot read.</summary>
/// <remarks>Any thread may count and read.</remarks>
public sealed class ProtocolCounters
{
    private long _events;
    private long _audioDeltas;
    private long _unknownEvents;
    private long _unknownFields;
    private long _unknownEnumValues;
    private long _malformed;

    /// <summary>Events read, of every kind but audio deltas.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Audio deltas read.</summary>
    public long AudioDeltas => Interlocked.Read(ref _audioDeltas);

    /// <summary>Events of an unknown type.</summary>
    public long UnknownEvents => Interlocked.Read(ref _unknownEvents);

    /// <summary>Unknown fields, each time they came.</summary>
    public long UnknownFields => Interlocked.Read(ref _unknownFields);

    /// <summary>Unknown words where a set of words is defined, kinds of items, tools and parts included.</summary>
    public long UnknownEnumValues => Interlocked.Read(ref _unknownEnumValues);

    /// <summary>Messages that were no events.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    internal void CountEvent() => Interlocked.Increment(ref _events);

    internal void CountAudioDelta() => Interlocked.Increment(ref _audioDeltas);

    internal void CountUnknownEvent() => Interlocked.Increment(ref _unknownEvents);

    internal void CountUnknownFields(int count) => Interlocked.Add(ref _unknownFields, count);

    internal void CountUnknownEnumValue() => Interlocked.Increment(ref _unknownEnumValues);

    internal void CountMalformed() => Interlocked.Increment(ref _malformed);
}
