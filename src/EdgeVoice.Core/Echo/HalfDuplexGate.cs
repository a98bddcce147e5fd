using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Echo;

/// <summary>
/// Half duplex: while the loudspeaker sounds, and for a tail after it, the microphone is replaced by silence of the same
/// length, so that the server's clock runs on and the device never answers itself. What was gated is thrown away.
/// </summary>
/// <remarks>
/// <para><see cref="Process"/> and <see cref="ReleaseGate"/> belong to <c>ev-capture</c>, which is the reference queue's
/// consumer; <see cref="IsGating"/> may be read by any thread. Nothing allocates after
/// construction.</para>
/// <para>Reference blocks: <c>Frame</c> is the absolute frame at the loudspeaker card's rate, <c>TimeNs</c> the monotonic time
/// at which it leaves the card. Flag 1 with no samples: everything from <c>Frame</c> on was dropped unheard. Flag 4: only a tone.</para>
/// </remarks>
public sealed class HalfDuplexGate : IEchoCanceller
{
    /// <summary>Flag of a reference block without samples: everything from its frame on was dropped unheard.</summary>
    public const int Dropped = 1;

    /// <summary>
    /// Flag of a reference block that holds nothing but a short tone of the device's own: people speak through it, so the microphone
    /// keeps recording.
    /// </summary>
    public const int Tone = 4;

    /// <summary>
    /// Default tail after the sound, in milliseconds: rooms ring for 200 to 500 ms (RT60), and the hidden latency of cards is
    /// 1 to 10 ms. Source: the half-duplex rule of the project's turn taking.
    /// </summary>
    public const int DefaultTailMs = 300;

    // -72 dBFS: dither and rounding of a volume ramp, far below any room's noise.
    private const short SilentPeak = 8;

    // What was in the card when the button was pressed still counts as interrupted: several periods, and the ramp.
    private const long ReleaseGraceNs = 100_000_000;

    // As much as the whole reference queue holds by default; playback's blocks are far shorter.
    private const int MaxReferenceSamples = 65_536;

    private readonly BlockRing _reference;
    private readonly long _tailNs;
    private readonly SoundingIntervals _sounding = new();
    private readonly short[] _block = new short[MaxReferenceSamples];
    private long _releasedUntilNs = long.MinValue;
    private readonly Func<int> _cardRate;
    private volatile bool _gating;

    /// <summary>Creates an open gate.</summary>
    /// <param name="reference">What was handed to the loudspeaker's card; this gate is the consumer.</param>
    /// <param name="cardRate">Frames a second of that card now; asked of every block, for it may be opened anew at another rate.</param>
    /// <param name="tailMs">Milliseconds the gate stays shut after the sound, 0 to 2,000; default 300.</param>
    public HalfDuplexGate(BlockRing reference, Func<int> cardRate, int tailMs = DefaultTailMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tailMs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tailMs, 2000);
        _reference = reference;
        _tailNs = tailMs * 1_000_000L;
        _cardRate = cardRate;
    }

    /// <summary>True while the last microphone block was replaced by silence.</summary>
    public bool IsGating => _gating;

    /// <inheritdoc/>
    public void Process(Span<float> mono, int rate, long timeNs)
    {
        while (_reference.TryRead(out var header, _block)) Hear(header);
        var endNs = timeNs + mono.Length * 1_000_000_000L / rate;
        var gating = _sounding.Covers(timeNs, endNs, _tailNs, _releasedUntilNs);
        if (gating) mono.Clear();
        _gating = gating;
        _sounding.Forget(timeNs - _tailNs);
    }

    /// <summary>Ends the tail at once: sound that ended before the press, or is being stopped by it, has none.</summary>
    public void ReleaseGate(long timeNs) => _releasedUntilNs = timeNs + ReleaseGraceNs;

    private void Hear(in BlockHeader header)
    {
        if ((header.Flags & Dropped) != 0) _sounding.CutFrom(header.Frame, _cardRate());
        if ((header.Flags & Tone) != 0) return;
        var samples = _block.AsSpan(0, header.Count);
        var first = samples.IndexOfAnyExceptInRange((short)-SilentPeak, SilentPeak);
        if (first < 0) return;
        var end = samples.LastIndexOfAnyExceptInRange((short)-SilentPeak, SilentPeak) + 1;
        _sounding.Add(header.Frame + first, header.Frame + end, TimeOf(header, first), TimeOf(header, end));
    }

    private long TimeOf(in BlockHeader header, int sample) => header.TimeNs + sample * 1_000_000_000L / _cardRate();
}
