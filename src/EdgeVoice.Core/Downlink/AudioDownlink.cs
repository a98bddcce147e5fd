using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Downlink;

/// <summary>How the session's output audio is coded on the wire.</summary>
public enum OutputCoding
{
    /// <summary>16-bit little-endian PCM.</summary>
    Pcm16,

    /// <summary>G.711 u-law.</summary>
    MuLaw,

    /// <summary>G.711 A-law.</summary>
    ALaw,
}

/// <summary>
/// Takes the audio of answers from the receive loop straight into the playback ring buffer: base64 is decoded in place, no
/// string and no array between.
/// </summary>
/// <remarks>
/// <see cref="Write"/> and <see cref="Done"/> belong to the receive loop alone and never block or allocate (but once for
/// each new item). <see cref="Drop"/> belongs to the conversation. What does not fit is dropped at the item's end, counted in
/// <see cref="DroppedSamples"/> and remembered by the item, so that kept audio never has a hole.
/// </remarks>
public sealed class AudioDownlink(
    SpscRingBuffer<short> samples,
    SpscRingBuffer<PlaybackSegment> segments,
    OutputCoding coding,
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
            Interlocked.Add(ref _lateSamples, base64.Length / 4 * 3 / BytesPerSample);
            return;
        }

        if (coding == OutputCoding.Pcm16) WritePcm(item, base64, order.Epoch);
        else WriteG711(item, base64, order.Epoch);
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

    private int BytesPerSample => coding == OutputCoding.Pcm16 ? 2 : 1;

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

    // Works on bytes: a delta may end in the middle of a sample, whose first byte then waits in the unpublished element.
    private void WritePcm(Tracked item, ReadOnlySpan<byte> base64, int epoch)
    {
        samples.WritableSpans(out var first, out var second);
        var cut = item.Cut || !Announce(item, epoch);
        var carry = item.Carry;
        if (cut)
        {
            CountOnly(item, base64);
            return;
        }

        var a = MemoryMarshal.AsBytes(first);
        var b = MemoryMarshal.AsBytes(second);
        // Another item may have written over the waiting byte's place; it is put back where this delta goes on.
        if (carry && a.Length > 0) a[0] = item.CarryByte;
        var bad = _badBase64;
        var decoded = Decode(base64, a, b, carry ? 1 : 0, out var lost);
        // Nobody knows what a damaged delta lost; half a sample kept of it would turn the rest of the answer into noise.
        if (bad != _badBase64) decoded &= ~1;
        var bytes = (carry ? 1 : 0) + decoded;
        var whole = bytes / 2;
        item.Carry = (bytes & 1) == 1;
        if (item.Carry) item.CarryByte = ByteAt(a, b, bytes - 1);
        Finish(item, whole, lost / 2);
    }

    private void WriteG711(Tracked item, ReadOnlySpan<byte> base64, int epoch)
    {
        Span<byte> codes = stackalloc byte[1536];
        Span<short> decoded = stackalloc short[1536];
        var kept = 0;
        var total = 0;
        if (!Announce(item, epoch)) item.Cut = true;
        while (base64.Length > 0)
        {
            var piece = base64[..Math.Min(base64.Length, 2048)];
            base64 = base64[piece.Length..];
            var status = Base64.DecodeFromUtf8(piece, codes, out _, out var count);
            if (status != OperationStatus.Done) Interlocked.Increment(ref _badBase64);
            if (coding == OutputCoding.MuLaw) G711.DecodeMuLaw(codes[..count], decoded);
            else G711.DecodeALaw(codes[..count], decoded);
            total += count;
            if (item.Cut) continue;
            var written = samples.Write(decoded[..count]);
            kept += written;
            item.Cut = written < count;
        }

        item.Item.Count(total, kept);
        if (total > kept) Interlocked.Add(ref _droppedSamples, total - kept);
        if (kept > 0) wakePlayback();
    }

    private void CountOnly(Tracked item, ReadOnlySpan<byte> base64)
    {
        var count = base64.Length / 4 * 3 / 2;
        item.Cut = true;
        item.Item.Count(count, 0);
        Interlocked.Add(ref _droppedSamples, count);
    }

    private void Finish(Tracked item, int kept, int lost)
    {
        samples.Publish(kept);
        item.Item.Count(kept + lost, kept);
        if (lost > 0)
        {
            item.Cut = true;
            Interlocked.Add(ref _droppedSamples, lost);
        }

        if (kept > 0) wakePlayback();
    }

    // The segment goes first: whoever sees the samples then finds whose they are.
    private bool Announce(Tracked item, int epoch)
    {
        if (ReferenceEquals(_segmentItem, item.Item) && _segmentEpoch == epoch) return true;
        if (item.Cut) return true;
        if (!segments.TryWrite(new PlaybackSegment(samples.WritePosition, item.Item, item.Item.KeptSamples, epoch))) return false;
        _segmentItem = item.Item;
        _segmentEpoch = epoch;
        return true;
    }

    private static byte ByteAt(Span<byte> a, Span<byte> b, int index) => index < a.Length ? a[index] : b[index - a.Length];

    // Decodes into the free space from a byte offset on, across the wrap; returns bytes placed, and counts bytes without room.
    private int Decode(ReadOnlySpan<byte> base64, Span<byte> a, Span<byte> b, int offset, out int lost)
    {
        lost = 0;
        if (offset <= a.Length)
        {
            var status = Base64.DecodeFromUtf8(base64, a[offset..], out var read, out var written);
            if (status == OperationStatus.Done) return written;
            if (status != OperationStatus.DestinationTooSmall)
            {
                Interlocked.Increment(ref _badBase64);
                return written;
            }

            return written + Spill(base64[read..], a[(offset + written)..], b, out lost);
        }

        lost = base64.Length / 4 * 3;
        return 0;
    }

    // The quantum that straddles the wrap goes through three bytes of stack.
    private int Spill(ReadOnlySpan<byte> base64, Span<byte> a, Span<byte> b, out int lost)
    {
        Span<byte> three = stackalloc byte[3];
        var placed = 0;
        lost = 0;
        while (base64.Length >= 4)
        {
            if (a.Length == 0)
            {
                var status = Base64.DecodeFromUtf8(base64, b, out var read, out var written);
                placed += written;
                if (status is OperationStatus.Done) return placed;
                if (status is not OperationStatus.DestinationTooSmall) break;
                base64 = base64[read..];
                b = b[written..];
            }

            if (Base64.DecodeFromUtf8(base64[..4], three, out _, out var count) != OperationStatus.Done) break;
            if (count > a.Length + b.Length)
            {
                lost = base64.Length / 4 * 3;
                return placed;
            }

            for (var i = 0; i < count; i++)
            {
                if (a.Length > 0)
                {
                    a[0] = three[i];
                    a = a[1..];
                }
                else
                {
                    b[0] = three[i];
                    b = b[1..];
                }
            }

            placed += count;
            base64 = base64[4..];
        }

        if (base64.Length > 0) Interlocked.Increment(ref _badBase64);
        return placed;
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
