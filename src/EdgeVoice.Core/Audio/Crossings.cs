namespace EdgeVoice.Core.Audio;

/// <summary>A run of samples in the playback ring buffer that belongs to one item; lasts until the next segment's start.</summary>
/// <param name="Start">Absolute sample position in the playback ring buffer.</param>
/// <param name="Item">The item the samples belong to.</param>
/// <param name="ItemSample">Sample within the item at <paramref name="Start"/>.</param>
/// <param name="Epoch">Flush epoch at the time of writing; a segment of an older epoch is never played.</param>
public readonly record struct PlaybackSegment(long Start, AudioItem Item, long ItemSample, int Epoch);

/// <summary>What a played mark tells.</summary>
public enum PlayedMarkKind
{
    /// <summary>The item's sound has begun, or goes on after a gap: <c>CardFrame</c> is the frame of <c>ItemSample</c>.</summary>
    Started,

    /// <summary>So much of the item has been heard.</summary>
    Progress,

    /// <summary>The playback ring buffer ran dry and everything in it has been heard.</summary>
    Drained,

    /// <summary>Silence went out where the item should have gone on; the next sample follows with <see cref="Started"/>.</summary>
    Underrun,

    /// <summary>Playback stands still by order; the position is what was heard (item null: nothing was being heard).</summary>
    Paused,

    /// <summary>Everything before <c>Epoch</c> is gone; the position is what was heard of it (item null: nothing).</summary>
    Flushed,
}

/// <summary>News from the playback thread about what was heard.</summary>
/// <param name="Kind">What is told.</param>
/// <param name="Item">The item meant, or null.</param>
/// <param name="ItemSample">Samples of the item heard so far (for <see cref="PlayedMarkKind.Started"/>: the first of the run).</param>
/// <param name="CardFrame">Absolute frame of the card, at the card's rate.</param>
/// <param name="TimeNs">Monotonic time in nanoseconds at which this was true.</param>
/// <param name="Epoch">Flush epoch in force.</param>
public readonly record struct PlayedMark(
    PlayedMarkKind Kind, AudioItem? Item, long ItemSample, long CardFrame, long TimeNs, int Epoch);
