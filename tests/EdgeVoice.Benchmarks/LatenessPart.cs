using System.Runtime;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux;

namespace EdgeVoice.Benchmarks;

/// <summary>What is collected while the thread is watched.</summary>
internal enum Collections
{
    None,
    Blocking,
    Background,
}

/// <summary>
/// A thread like those of the audio (real-time where granted, awake every 10 ms, allocating nothing) beside a heap of 50 MB of small
/// objects that is collected in full again and again: how late is it woken?
/// </summary>
internal static partial class LatenessPart
{
    private const int Monotonic = 1;
    private const int Absolute = 1;
    private const long PeriodNs = 10_000_000;
    private const long HeapBytes = 50_000_000;
    private const int NodeBytes = 48;
    private const int PauseMs = 150;
    private const int GarbageBytes = 2_000_000;

    /// <summary>Says: worst lateness and the 99th percentile in milliseconds, full collections, real-time or not,
    /// live megabytes, longest pause.</summary>
    public static void Run(Collections collections, GCLatencyMode mode, int ms)
    {
        var heap = Grow();
        GC.Collect();
        if (mode != GCSettings.LatencyMode) GCSettings.LatencyMode = mode;
        var lateness = new double[ms * 1_000_000L / PeriodNs];
        var isRealTime = false;
        var thread = new Thread(() => isRealTime = Watch(lateness)) { Name = "ev-lateness", Priority = ThreadPriority.AboveNormal };
        var before = GC.CollectionCount(2);
        thread.Start();
        var random = new Random(1);
        var (longest, first) = (0.0, GC.GetGCMemoryInfo(GCKind.Any).Index);
        while (!thread.Join(PauseMs))
        {
            Churn(heap, random);
            if (collections != Collections.None) GC.Collect(2, GCCollectionMode.Forced, blocking: collections == Collections.Blocking);
            longest = Math.Max(longest, LongestPauseMs(first));
        }

        var full = GC.CollectionCount(2) - before;
        Array.Sort(lateness);
        var live = GC.GetTotalMemory(false) / 1e6;
        Child.Say(lateness[^1], lateness[lateness.Length * 99 / 100], full, isRealTime ? 1 : 0, live, longest);
        GC.KeepAlive(heap);
    }

    // As the collector itself tells it: what a busy machine adds is not in it.
    private static double LongestPauseMs(long after)
    {
        var longest = TimeSpan.Zero;
        foreach (var kind in (ReadOnlySpan<GCKind>)[GCKind.FullBlocking, GCKind.Background, GCKind.Ephemeral])
        {
            var told = GC.GetGCMemoryInfo(kind);
            if (told.Index <= after) continue;
            foreach (var pause in told.PauseDurations)
                if (pause > longest) longest = pause;
        }

        return longest.TotalMilliseconds;
    }

    // As the audio threads wait: in the kernel, until a moment; then one look at the clock.
    private static bool Watch(double[] lateness)
    {
        var isRealTime = RealTimeThread.TryRaise() is null;
        var due = TimeProvider.System.NowNs() + 10 * PeriodNs;
        for (var i = 0; i < lateness.Length; i++, due += PeriodNs)
        {
            var at = new Moment((nint)(due / 1_000_000_000), (nint)(due % 1_000_000_000));
            while (SleepUntil(Monotonic, Absolute, in at, 0) != 0)
            {
            }

            var late = TimeProvider.System.NowNs() - due;
            lateness[i] = late / 1e6;
            // What was slept through is not counted again.
            if (late > PeriodNs) due += late / PeriodNs * PeriodNs;
        }

        return isRealTime;
    }

    private static Node[] Grow()
    {
        var nodes = new Node[HeapBytes / NodeBytes];
        var random = new Random(1);
        for (var i = 0; i < nodes.Length; i++) nodes[i] = new Node(i, i == 0 ? null : nodes[random.Next(i)]);
        return nodes;
    }

    // Some of the old is replaced, and short-lived objects come and go, as in a program that talks.
    private static void Churn(Node[] nodes, Random random)
    {
        for (var bytes = 0; bytes < GarbageBytes; bytes += NodeBytes)
        {
            var i = random.Next(nodes.Length);
            var node = new Node(i, nodes[random.Next(nodes.Length)].Before);
            if (i % 8 == 0) nodes[i] = node;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "clock_nanosleep")]
    private static partial int SleepUntil(int clock, int flags, in Moment at, nint rest);

    private readonly record struct Moment(nint Seconds, nint Nanoseconds);

    private sealed class Node(int number, Node? before)
    {
        public Node? Before { get; } = before;
        public long Number { get; } = number;
        public double Value { get; } = number * .5;
        public Node? Other { get; } = before?.Before;
    }
}
