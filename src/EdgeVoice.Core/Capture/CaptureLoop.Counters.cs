using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Capture;

public sealed partial class CaptureLoop
{
    // After opening, the first periods may still compile and fill caches; what is allocated from then on is a fault.
    private const int SettlingPeriods = 100;
    private long _xruns;
    private long _droppedFrames;
    private long _periods;
    private long _maxLatenessNs;
    private long _allocatedBytes;
    private long _allocationMark;
    private int _settling;

    private readonly CaptureMeter _meter = new();
    private long _losses;
    private long _deepestNs;
    private long _shallowestNs = long.MaxValue;

    /// <summary>Clipping and digital silence, in frames of the card.</summary>
    public CaptureMeter Meter => _meter;

    /// <summary>The card's clock against the monotonic one.</summary>
    public ClockDrift Drift { get; } = new();

    /// <summary>Times a device went away, or fell silent, while it was open.</summary>
    public long Losses => Volatile.Read(ref _losses);

    /// <summary>Most sound that ever waited in the card to be read, in milliseconds.</summary>
    public double DeepestMs => Volatile.Read(ref _deepestNs) / 1e6;

    /// <summary>Least sound that waited in it when the thread woke to read, in milliseconds; null before the first time.</summary>
    public double? ShallowestMs => Volatile.Read(ref _shallowestNs) is var ns and < long.MaxValue ? ns / 1e6 : null;

    /// <summary>For how long the device has delivered nothing but exact zeros, in seconds; a real microphone never does.</summary>
    public double SilentSeconds => Volatile.Read(ref _rate) is var rate and > 0 ? (double)_meter.SilentSamples / rate : 0;

    /// <summary>Times the card lost frames because this thread was late.</summary>
    public long Xruns => Volatile.Read(ref _xruns);

    /// <summary>Card frames dropped because the captured queue was full.</summary>
    public long DroppedFrames => Volatile.Read(ref _droppedFrames);

    /// <summary>Wake-ups that brought samples.</summary>
    public long Periods => Volatile.Read(ref _periods);

    /// <summary>Longest time in nanoseconds between a period being complete at the card and being read.</summary>
    public long MaxWakeLatenessNs => Volatile.Read(ref _maxLatenessNs);

    /// <summary>Bytes the thread has allocated in its steady loop since it settled after opening; must be 0.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    private void CountLateness(long ageNs)
    {
        if (ageNs > _deepestNs) Volatile.Write(ref _deepestNs, ageNs);
        if (ageNs < _shallowestNs) Volatile.Write(ref _shallowestNs, ageNs);
        var lateness = ageNs - _wakeNs;
        if (lateness > _maxLatenessNs) Volatile.Write(ref _maxLatenessNs, lateness);
    }

    private void CountPeriod()
    {
        Volatile.Write(ref _periods, _periods + 1);
        var allocated = Diagnostics.ThreadAllocations.Since(_allocationMark);
        if (_settling > 0)
        {
            if (--_settling == 0 && allocated > 0) _allocationMark = Diagnostics.ThreadAllocations.Mark();
        }
        else if (allocated > 0)
        {
            Volatile.Write(ref _allocatedBytes, _allocatedBytes + allocated);
            _allocationMark += allocated;
        }
    }
}
