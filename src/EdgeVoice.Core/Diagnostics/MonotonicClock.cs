namespace EdgeVoice.Core.Diagnostics;

/// <summary>
/// Monotonic time as nanoseconds. On Linux the system provider's time stamp is CLOCK_MONOTONIC, the same clock as the kernel's
/// GPIO edges and ALSA's monotonic status, so all of them can be compared.
/// </summary>
public static class MonotonicClock
{
    /// <summary>Nanoseconds of the provider's monotonic clock.</summary>
    public static long NowNs(this TimeProvider time)
    {
        var frequency = time.TimestampFrequency;
        var ticks = time.GetTimestamp();
        return frequency == 1_000_000_000 ? ticks : (long)(ticks * (1e9 / frequency));
    }
}
