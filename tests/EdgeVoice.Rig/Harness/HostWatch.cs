using System.ComponentModel;
using System.Runtime.InteropServices;
using EdgeVoice.Rig.Interop;

namespace EdgeVoice.Rig.Harness;

/// <summary>
/// Sees whether the host let the guest run: a thread before all others of the guest that sleeps for a moment again and again, and
/// notes how late it woke. Nothing in the guest can make it late but a collection of this process, which does not count.
/// </summary>
/// <remarks>A thread of its own; the figures may be read by any.</remarks>
internal sealed class HostWatch : IDisposable
{
    /// <summary>A guest that stood still for so long cannot tell a device that is late from one that was not let run.</summary>
    public const int StarvedMs = 25;

    private const int Priority = 90;
    private const int EveryMs = 2;
    private const long NotedNs = 1_000_000;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly List<(long FromNs, long ToNs)> _stalls = [];
    private volatile bool _stopping;
    private long _worstNs;

    public HostWatch()
    {
        _thread = new Thread(Run) { Name = "rig-host", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The longest the guest stood still.</summary>
    public int WorstMs => (int)(Volatile.Read(ref _worstNs) / 1_000_000);

    public bool Starved => WorstMs >= StarvedMs;

    /// <summary>True when the guest stood still for so many milliseconds in one piece that touches this span (monotonic nanoseconds).</summary>
    public bool StoodStill(long fromNs, long toNs, double ms) => LongestMs(fromNs, toNs) >= ms;

    /// <summary>The longest time in milliseconds for which the guest stood still in one piece that touches this span; 0 for none.</summary>
    public double LongestMs(long fromNs, long toNs)
    {
        lock (_gate) return _stalls.Where(stall => stall.ToNs >= fromNs && stall.FromNs <= toNs).Select(stall => (stall.ToNs - stall.FromNs) / 1e6).DefaultIfEmpty().Max();
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run()
    {
        var priority = Priority;
        if (LibcNative.SetScheduler(0, LibcNative.Fifo, ref priority) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "the guest refuses SCHED_FIFO");
        while (!_stopping)
        {
            var due = Pi.Now() + EveryMs * 1_000_000L;
            var collections = GC.CollectionCount(0);
            Thread.Sleep(EveryMs);
            var now = Pi.Now();
            if (now - due < NotedNs || GC.CollectionCount(0) != collections) continue;
            _worstNs = Math.Max(_worstNs, now - due);
            lock (_gate) _stalls.Add((due, now));
        }
    }
}
