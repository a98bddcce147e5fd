namespace EdgeVoice.Core.Diagnostics;

/// <summary>What the calling thread allocates, exactly: the runtime's own figure alone is sometimes too high.</summary>
/// <remarks>
/// The runtime hands a thread up to 8 KiB of the heap at a time and counts all of it but the free rest as allocated. A background
/// collection takes that rest away without subtracting it, so a thread that allocates nothing seems to have allocated up to 8 KiB.
/// A collection of generation 0 takes the rest away and does subtract it; a thread without a rest cannot be miscounted.
/// </remarks>
internal static class ThreadAllocations
{
    /// <summary>
    /// A mark to count from. It costs a collection of generation 0, which pauses every thread for about a millisecond: for a
    /// start or an opened device, never for a period.
    /// </summary>
    public static long Mark()
    {
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        return GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>Bytes the calling thread has allocated since its <paramref name="mark"/>.</summary>
    public static long Since(long mark) => GC.GetAllocatedBytesForCurrentThread() - mark;
}
