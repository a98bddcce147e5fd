using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Playback;

/// <summary>What the playback thread counts since it was created.</summary>
/// <remarks>Written by <c>ev-playback</c> alone, read by anyone.</remarks>
public sealed class PlaybackCounters
{
    private float _levelDb = LevelMeter.Floor;
    private long _depthMinUs = long.MaxValue, _depthMaxUs;
    private long _xruns, _underruns, _droppedReference, _droppedMarks, _wakeLatenessMaxNs, _allocatedBytes, _framesWritten, _losses;

    /// <summary>Times the card ran dry although it should not have.</summary>
    public long Xruns => Volatile.Read(ref _xruns);

    /// <summary>Times silence went out in the middle of an item.</summary>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <summary>Echo reference blocks that did not fit.</summary>
    public long DroppedReference => Volatile.Read(ref _droppedReference);

    /// <summary>Played marks other than progress that did not fit: 0 unless the conversation stands still for long.</summary>
    public long DroppedMarks => Volatile.Read(ref _droppedMarks);

    /// <summary>Longest time between a wait's due end and the thread's running again, in nanoseconds.</summary>
    public long WakeLatenessMaxNs => Volatile.Read(ref _wakeLatenessMaxNs);

    /// <summary>Bytes allocated by the steady loop since its thread began; opening a device is not counted.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    /// <summary>Card frames written.</summary>
    public long FramesWritten => Volatile.Read(ref _framesWritten);

    /// <summary>How the device opened last stops: "rewind" or "drop"; null before the first.</summary>
    public string? StopMethod { get; internal set; }

    /// <summary>Times a device went away while it was open.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>Least sound that ever waited in the card while it played, in milliseconds; null before anything was played.</summary>
    public double? ShallowestMs => Volatile.Read(ref _depthMinUs) is var us and not long.MaxValue ? us / 1000.0 : null;

    /// <summary>Most sound that ever waited in the card, in milliseconds; null before anything was played.</summary>
    public double? DeepestMs => ShallowestMs is null ? null : Volatile.Read(ref _depthMaxUs) / 1000.0;

    /// <summary>Loudness of what was written last, 0 to 1, for displays.</summary>
    public float Level => LevelMeter.Loudness(LevelDb);

    /// <summary>Level of what was written last, in dBFS; <see cref="LevelMeter.Floor"/> while nothing plays.</summary>
    public float LevelDb
    {
        get => Volatile.Read(ref _levelDb);
        internal set => Volatile.Write(ref _levelDb, value);
    }

    internal void CountDepth(long frames, int rate)
    {
        var us = Math.Max(0, frames) * 1_000_000 / rate;
        if (us < _depthMinUs) Volatile.Write(ref _depthMinUs, us);
        if (us > _depthMaxUs) Volatile.Write(ref _depthMaxUs, us);
    }

    internal void CountXrun() => Volatile.Write(ref _xruns, _xruns + 1);

    internal void CountUnderrun() => Volatile.Write(ref _underruns, _underruns + 1);

    internal void CountDroppedReference() => Volatile.Write(ref _droppedReference, _droppedReference + 1);

    internal void CountDroppedMark() => Volatile.Write(ref _droppedMarks, _droppedMarks + 1);

    internal void CountFrames(int frames) => Volatile.Write(ref _framesWritten, _framesWritten + frames);

    internal void CountLoss() => Volatile.Write(ref _losses, _losses + 1);

    internal void SetAllocated(long bytes) => Volatile.Write(ref _allocatedBytes, bytes);

    internal void WokeLate(long ns)
    {
        if (ns > _wakeLatenessMaxNs) Volatile.Write(ref _wakeLatenessMaxNs, ns);
    }
}
