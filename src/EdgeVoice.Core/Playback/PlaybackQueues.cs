using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Playback;

/// <summary>The crossings around the playback thread, preallocated; created once and shared by reference.</summary>
/// <remarks>
/// <para>The receive loop is the only producer of <see cref="Samples"/> and <see cref="Segments"/>. It enqueues a segment
/// before it publishes that segment's samples, then wakes the loop. The conversation is the only producer of
/// <see cref="Clips"/> and the only consumer of <see cref="Marks"/>; the capture thread is the only consumer of
/// <see cref="Reference"/>. The other end of each is <c>ev-playback</c>.</para>
/// </remarks>
/// <param name="samples">Capacity of <see cref="Samples"/>, a power of two; 16 MiB by default.</param>
/// <param name="segments">Capacity of <see cref="Segments"/>, a power of two.</param>
/// <param name="marks">Capacity of <see cref="Marks"/>, a power of two.</param>
/// <param name="reference">Capacity of <see cref="Reference"/> in samples with headers, a power of two.</param>
/// <param name="clips">Capacity of <see cref="Clips"/>, a power of two.</param>
public sealed class PlaybackQueues(
    int samples = PlaybackQueues.DefaultSamples,
    int segments = PlaybackQueues.DefaultSegments,
    int marks = PlaybackQueues.DefaultMarks,
    int reference = PlaybackQueues.DefaultReference,
    int clips = PlaybackQueues.DefaultClips)
{
    /// <summary>16 MiB of 16-bit samples: 349 s at 24 kHz.</summary>
    public const int DefaultSamples = 8_388_608;

    /// <summary>Segments waiting or being heard.</summary>
    public const int DefaultSegments = 1024;

    /// <summary>Played marks not yet read: over half a minute of progress at one a period of 10 ms.</summary>
    public const int DefaultMarks = 4096;

    /// <summary>Echo reference not yet read: over a second at 48 kHz.</summary>
    public const int DefaultReference = 65_536;

    /// <summary>Sounds ordered and not yet begun.</summary>
    public const int DefaultClips = 16;

    /// <summary>Most samples in one block of <see cref="Reference"/>; the consumer's buffer must hold as many.</summary>
    public const int MaxReferenceBlock = 2048;

    /// <summary>In <see cref="Clips"/>: no sound, but spoken help ends.</summary>
    public const int Hush = -1;

    /// <summary>Flag of a reference block that holds nothing but a tone of the device's own: part of the echo, and no answer.</summary>
    public const int ReferenceToneFlag = 4;

    /// <summary>Flag of a reference block without samples: sound ended at its frame, blocks pushed for later frames are void.</summary>
    public const int ReferenceCutFlag = 1;

    /// <summary>Flag of a reference block without samples: the card ran dry and started again, so what comes from its frame on comes later.</summary>
    public const int ReferenceXrunFlag = 2;

    /// <summary>Mono samples of the answer at the session's output rate.</summary>
    public SpscRingBuffer<short> Samples { get; } = new(samples);

    /// <summary>Which item, and which epoch, the samples belong to.</summary>
    public SpscRingBuffer<PlaybackSegment> Segments { get; } = new(segments);

    /// <summary>What was heard.</summary>
    public SpscRingBuffer<PlayedMark> Marks { get; } = new(marks);

    /// <summary>
    /// What reached the card: mono at the card's rate; Frame is the absolute card frame of the first sample, TimeNs the
    /// monotonic time at which it leaves the card.
    /// </summary>
    public BlockRing Reference { get; } = new(reference);

    /// <summary>
    /// Index of a preloaded sound to mix in, or <see cref="Hush"/>. Tones wait for one another; spoken help fades out for whatever is
    /// ordered after it. An answer's flush cuts none of them.
    /// </summary>
    public SpscRingBuffer<int> Clips { get; } = new(clips);
}
