using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Audio;

/// <summary>
/// Lock-free ring buffer between exactly one producer thread and one consumer thread; positions are absolute element
/// counts since construction and never wrap in practice (63 bits).
/// </summary>
/// <remarks>
/// <para>Producer only: <see cref="Write"/>, <see cref="WritableSpans"/>, <see cref="Publish"/>. Consumer only:
/// <see cref="Read"/>, <see cref="Peek"/>, <see cref="Release"/>. Anyone: the position properties, as a snapshot.</para>
/// <para>Publishing is a release store of the write position, reading it an acquire load, so what was written before a
/// publish is seen by the consumer that sees the position. Space becomes free only by <see cref="Release"/>: a consumer may
/// read ahead of what it has released and go back. Nothing allocates after construction.</para>
/// </remarks>
public sealed class SpscRingBuffer<T> where T : struct
{
    private readonly T[] _items;
    private readonly int _mask;
    private SpscPositions _at;

    /// <summary>Creates a ring buffer; <paramref name="capacity"/> is in elements, a power of two from 2 to 2^30.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not such a power of two.</exception>
    public SpscRingBuffer(int capacity)
    {
        if (capacity is < 2 or > 1 << 30 || !BitOperations.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "a power of two from 2 to 2^30");
        _items = new T[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Size in elements.</summary>
    public int Capacity => _items.Length;

    /// <summary>Absolute position behind the last published element.</summary>
    public long WritePosition => Volatile.Read(ref _at.Write);

    /// <summary>Absolute position up to which the consumer has given space back.</summary>
    public long ReleasedPosition => Volatile.Read(ref _at.Released);

    /// <summary>Published elements not yet released.</summary>
    public int Count => (int)(WritePosition - ReleasedPosition);

    /// <summary>Producer: elements that can be written now.</summary>
    public int WritableCount
    {
        get
        {
            _at.ReleasedSeen = Volatile.Read(ref _at.Released);
            return _items.Length - (int)(_at.Write - _at.ReleasedSeen);
        }
    }

    /// <summary>Producer: copies what fits and publishes it. Returns the number of elements taken, 0 to the source's length.</summary>
    public int Write(ReadOnlySpan<T> source)
    {
        var write = _at.Write;
        var room = _items.Length - (int)(write - _at.ReleasedSeen);
        if (room < source.Length) room = WritableCount;
        var count = Math.Min(room, source.Length);
        if (count == 0) return 0;
        var start = (int)write & _mask;
        var first = Math.Min(count, _items.Length - start);
        source[..first].CopyTo(_items.AsSpan(start));
        if (first < count) source[first..count].CopyTo(_items);
        Volatile.Write(ref _at.Write, write + count);
        return count;
    }

    /// <summary>Producer: one element; false when full.</summary>
    public bool TryWrite(in T item) => Write(MemoryMarshal.CreateReadOnlySpan(in item, 1)) == 1;

    /// <summary>
    /// Producer: the free space as at most two spans, to be filled in place. What lies there keeps its contents until it is
    /// published, so unpublished elements may be completed by a later call.
    /// </summary>
    public void WritableSpans(out Span<T> first, out Span<T> second)
    {
        var room = WritableCount;
        var start = (int)_at.Write & _mask;
        var length = Math.Min(room, _items.Length - start);
        first = _items.AsSpan(start, length);
        second = _items.AsSpan(0, room - length);
    }

    /// <summary>Producer: makes the next <paramref name="count"/> elements visible to the consumer.</summary>
    public void Publish(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, WritableCount);
        Volatile.Write(ref _at.Write, _at.Write + count);
    }

    /// <summary>
    /// Consumer: copies published elements from absolute <paramref name="position"/> on without giving their space back.
    /// Returns the number copied; 0 when nothing is published there yet.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The position has already been released.</exception>
    public int Peek(long position, Span<T> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, _at.Released);
        return CopyOut(position, destination);
    }

    /// <summary>Consumer: gives the space before absolute <paramref name="position"/> back to the producer; never moves back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position has not been published yet.</exception>
    public void Release(long position)
    {
        if (position <= _at.Released) return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Volatile.Read(ref _at.Write));
        Free(position);
    }

    /// <summary>Consumer: copies and releases. Returns the number of elements read, 0 when empty.</summary>
    public int Read(Span<T> destination)
    {
        var at = _at.Released;
        var count = CopyOut(at, destination);
        if (count > 0) Free(at + count);
        return count;
    }

    /// <summary>Consumer: one element; false when empty.</summary>
    public bool TryRead(out T item)
    {
        item = default;
        return Read(MemoryMarshal.CreateSpan(ref item, 1)) == 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CopyOut(long position, Span<T> destination)
    {
        var available = _at.WriteSeen - position;
        if (available < destination.Length)
        {
            _at.WriteSeen = Volatile.Read(ref _at.Write);
            available = _at.WriteSeen - position;
        }

        var count = (int)Math.Min(Math.Max(available, 0), destination.Length);
        if (count == 0) return 0;
        var start = (int)position & _mask;
        var first = Math.Min(count, _items.Length - start);
        _items.AsSpan(start, first).CopyTo(destination);
        if (first < count) _items.AsSpan(0, count - first).CopyTo(destination[first..]);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Free(long position)
    {
        // References in released elements must not keep what they point to alive.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            for (var at = _at.Released; at < position; at++) _items[(int)at & _mask] = default;
        Volatile.Write(ref _at.Released, position);
    }
}
