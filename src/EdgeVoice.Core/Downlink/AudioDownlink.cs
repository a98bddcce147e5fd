using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Downlink;

/// <summary>
/// Takes the audio of answers from the receive loop straight into the playback ring buffer: base64 is decoded in place, no
/// string and no array between.
/// </summary>
/// <remarks>
/// <see cref="Write"/> and <see cref="Done"/> belong to the receive loop alone and never block or allocate (but once for
/// each new item). <see cref="Drop"/> belongs to the conversation. What does not fit is dropped at the item's end, counted in
/// <see cref="DroppedSamples"/> and remembered by the item, so that kept audio never has a hole.
/// </remarks>
public sealed partial class AudioDownlink(
    SpscRingBuffer<short> samples,
    SpscRingBuffer<PlaybackSegment> segments,
    AudioCoding coding,
    int rate,
    TimeProvider time,
    Action<AudioItem> itemStarted,
    Action wakePlayback) : IAudioDeltaSink
{
    private const int KnownItems = 8;
    private readonly Tracked?[] _known = new Tracked?[KnownItems];
    private int _next;
    private Tracked? _current;
    private AudioItem? _segmentItem;
    private int _segmentEpoch = -1;
    private FlushOrder _order = FlushOrder.None;
    private FlushOrder _seen = FlushOrder.None;
    private long _droppedSamples;
    private long _lateSamples;
    private long _badBase64;

    /// <summary>Samples that found no room in the ring buffer.</summary>
    public long DroppedSamples => Volatile.Read(ref _droppedSamples);

    /// <summary>Samples thrown away because they came after their response had been given up.</summary>
    public long LateSamples => Volatile.Read(ref _lateSamples);

    /// <summary>Deltas whose base64 was not whole; what could be decoded was kept.</summary>
    public long BadBase64 => Volatile.Read(ref _badBase64);

    /// <summary>Conversation: from now on nothing of these responses is kept, and what comes is of <paramref name="epoch"/>.</summary>
    public void Drop(int epoch, IReadOnlyCollection<string> responses) =>
        Volatile.Write(ref _order, _order.Next(epoch, responses));

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> responseId, ReadOnlySpan<byte> itemId, int contentIndex, ReadOnlySpan<byte> base64)
    {
        var order = Volatile.Read(ref _order);
        var item = Find(responseId, itemId, contentIndex, order);
        if (item.Dropped)
        {
            Interlocked.Add(ref _lateSamples, DecodedLength(base64) / BytesPerSample);
            return;
        }

        // Without room for its segment nobody could tell whose the samples are.
        if (!item.Cut && !Announce(item, order.Epoch)) item.Cut = true;
        if (item.Cut) CountOnly(item, base64);
        else if (coding == AudioCoding.Pcm16) WritePcm(item, base64);
        else WriteG711(item, base64);
    }

    /// <inheritdoc />
    public void Done(string responseId, string itemId, int contentIndex)
    {
        foreach (var known in _known)
            if (known?.Item is { } item && item.ItemId == itemId && item.ContentIndex == contentIndex && item.ResponseId == responseId)
                item.MarkDone();
    }

    /// <inheritdoc />
    public void Reset()
    {
        Array.Clear(_known);
        _current = null;
    }

    private int BytesPerSample => coding == AudioCoding.Pcm16 ? 2 : 1;

    private Tracked Find(ReadOnlySpan<byte> responseId, ReadOnlySpan<byte> itemId, int contentIndex, FlushOrder order)
    {
        if (!ReferenceEquals(order, _seen))
        {
            _seen = order;
            foreach (var known in _known)
                if (known is not null) known.Dropped = order.Dropped.Contains(known.Item.ResponseId);
        }

        if (_current is not null && _current.Is(responseId, itemId, contentIndex)) return _current;
        foreach (var known in _known)
            if (known is not null && known.Is(responseId, itemId, contentIndex)) return _current = known;
        return _current = Add(responseId, itemId, contentIndex, order);
    }

    private Tracked Add(ReadOnlySpan<byte> responseId, ReadOnlySpan<byte> itemId, int contentIndex, FlushOrder order)
    {
        var item = new AudioItem(Encoding.UTF8.GetString(responseId), Encoding.UTF8.GetString(itemId), contentIndex, rate)
        {
            FirstReceivedNs = time.NowNs(),
        };
        var tracked = new Tracked(item, responseId.ToArray(), itemId.ToArray())
        {
            Dropped = order.Dropped.Contains(item.ResponseId),
        };
        _known[_next++ % KnownItems] = tracked;
        if (!tracked.Dropped) itemStarted(item);
        return tracked;
    }

    // The segment goes first: whoever sees the samples then finds whose they are.
    private bool Announce(Tracked item, int epoch)
    {
        if (ReferenceEquals(_segmentItem, item.Item) && _segmentEpoch == epoch) return true;
        if (!segments.TryWrite(new PlaybackSegment(samples.WritePosition, item.Item, item.Item.KeptSamples, epoch))) return false;
        _segmentItem = item.Item;
        _segmentEpoch = epoch;
        return true;
    }

    private sealed class Tracked(AudioItem item, byte[] responseId, byte[] itemId)
    {
        public AudioItem Item { get; } = item;
        public bool Dropped { get; set; }
        public bool Cut { get; set; }
        public bool Carry { get; set; }
        public byte CarryByte { get; set; }

        public bool Is(ReadOnlySpan<byte> response, ReadOnlySpan<byte> id, int contentIndex) =>
            Item.ContentIndex == contentIndex && id.SequenceEqual(itemId) && response.SequenceEqual(responseId);
    }
}
