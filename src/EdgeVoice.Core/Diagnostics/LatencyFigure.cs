namespace EdgeVoice.Core.Diagnostics;

/// <summary>How long something took, again and again.</summary>
/// <param name="Count">How often it was measured.</param>
/// <param name="MedianMs">The median of the last 1,024 times, in ms.</param>
/// <param name="WorstMs">The longest of all, in ms.</param>
public sealed record LatencyDiagnostics(long Count, double MedianMs, double WorstMs);

/// <summary>Collects how long something took.</summary>
/// <remarks>Any thread; a lock is held for nanoseconds. Adding allocates nothing.</remarks>
public sealed class LatencyFigure
{
    /// <summary>As many of the last times make the median.</summary>
    public const int Kept = 1_024;

    private readonly Lock _gate = new();
    private readonly long[] _lastNs = new long[Kept];
    private long _count;
    private long _worstNs;

    /// <summary>Adds one time in nanoseconds.</summary>
    public void Add(long ns)
    {
        lock (_gate)
        {
            _lastNs[_count++ % Kept] = ns;
            _worstNs = Math.Max(_worstNs, ns);
        }
    }

    /// <summary>The figures now; null where nothing was measured yet.</summary>
    public LatencyDiagnostics? Read()
    {
        long[] sorted;
        long count, worstNs;
        lock (_gate)
        {
            (count, worstNs) = (_count, _worstNs);
            sorted = _lastNs[..(int)Math.Min(_count, Kept)];
        }

        if (count == 0) return null;
        Array.Sort(sorted);
        return new LatencyDiagnostics(count, Ms(sorted[sorted.Length / 2]), Ms(worstNs));
    }

    private static double Ms(long ns) => Math.Round(ns / 1e6, 3);
}
