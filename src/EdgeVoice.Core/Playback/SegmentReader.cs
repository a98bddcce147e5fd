using System.Diagnostics.CodeAnalysis;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Playback;

/// <summary>Reads the playback ring buffer segment by segment, skips what is of an older epoch, and can go back.</summary>
/// <remarks>
/// Consumer of samples and segments: <c>ev-playback</c> only. The write position of the samples is always read before the
/// segments, so every segment that begins before it is there.
/// </remarks>
internal sealed class SegmentReader(SpscRingBuffer<short> samples, SpscRingBuffer<PlaybackSegment> segments)
{
    private readonly PlaybackSegment[] _one = new PlaybackSegment[1];
    private long _cursor;

    /// <summary>Ring position of the next sample to read.</summary>
    public long Position { get; private set; }

    /// <summary>Segments of an older epoch are skipped, those of a newer one wait until the order itself has been seen.</summary>
    public int Epoch { get; set; }

    /// <summary>
    /// Copies samples that lie side by side from <paramref name="start"/> on and may be played. Returns their number, 0 when
    /// there are none.
    /// </summary>
    public int Read(Span<short> destination, out long start)
    {
        var count = 0;
        start = Position;
        while (count < destination.Length)
        {
            var playable = Locate();
            if (count > 0 && Position != start + count) break;
            if (playable == 0) break;
            if (count == 0) start = Position;
            var taken = samples.Peek(Position, destination.Slice(count, (int)Math.Min(playable, destination.Length - count)));
            Position += taken;
            count += taken;
        }

        return count;
    }

    /// <summary>Moves on to the first sample that may be played, or to the end of what is there; true when there is one.</summary>
    public bool SkipToPlayable() => Locate() > 0;

    /// <summary>Goes back to a position that has not been released yet.</summary>
    public void Rewind(long position)
    {
        if (position >= Position) return;
        Position = position;
        _cursor = segments.ReleasedPosition;
    }

    /// <summary>Gives back the space before a position that has been heard or skipped.</summary>
    public void Release(long position)
    {
        Advance(position);
        samples.Release(position);
    }

    /// <summary>The item at a position that has been read and not yet released; positions must not go back.</summary>
    public bool TryFind(long position, out PlaybackSegment segment, out long end)
    {
        Advance(position);
        var first = segments.ReleasedPosition;
        end = TryPeek(first + 1, out var next) ? next.Start : long.MaxValue;
        return TryPeek(first, out segment) && segment.Start <= position;
    }

    private void Advance(long position)
    {
        while (TryPeek(segments.ReleasedPosition + 1, out var next) && next.Start <= position)
            segments.Release(segments.ReleasedPosition + 1);
        _cursor = Math.Max(_cursor, segments.ReleasedPosition);
    }

    // Places the cursor on the segment of the next sample and returns how many samples of it may be played now.
    private long Locate()
    {
        var written = samples.WritePosition;
        while (Position < written)
        {
            var hasNext = TryPeek(_cursor + 1, out var next);
            if (hasNext && next.Start <= Position)
            {
                _cursor++;
                continue;
            }

            var end = hasNext ? Math.Min(next.Start, written) : written;
            var has = TryPeek(_cursor, out var segment);
            if (has && segment.Start <= Position && segment.Epoch >= Epoch) return segment.Epoch == Epoch ? end - Position : 0;
            // Older epoch, or samples that nobody announced: never played.
            Position = has && segment.Start > Position ? Math.Min(segment.Start, written) : end;
        }

        return 0;
    }

    private bool TryPeek(long at, [MaybeNullWhen(false)] out PlaybackSegment segment)
    {
        var found = segments.Peek(at, _one) == 1;
        segment = _one[0];
        return found;
    }
}
