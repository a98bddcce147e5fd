using System.Threading.Channels;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// The group <c>buffer</c>: the ring buffer with 480-sample blocks against plain copies on one thread, and against a bounded
/// channel of pooled blocks between two.
/// </summary>
internal static class BufferBenchmark
{
    private const int BlockSamples = 480;
    private const int RingSamples = 16_384;
    // Both queues between threads are as deep, and deep enough that waking a thread is not what is measured.
    private const int CrossingSamples = 1 << 17;
    private const int CopyRounds = 41;
    private const int CrossRounds = 9;
    private const int CopyBlocks = 50_000;
    private const int CrossBlocks = 200_000;

    /// <summary>Prints the table; returns 1 when a figure is missed, else 0.</summary>
    public static int Run(TextWriter output)
    {
        output.WriteLine($"{"figure",-44}{"ours",10}{"peer",10}{"ratio",8}{"bar",8}  verdict");
        var missed = Compare(output, "one thread, GB/s; peer: two plain copies", .8, CopyRounds, RingAlone, PlainCopies);
        missed += Compare(output, "two threads, Mblocks/s; peer: bounded channel", 2, CrossRounds, RingAcross, ChannelAcross);
        missed += Allocation(output);
        return missed > 0 ? 1 : 0;
    }

    private static int Compare(TextWriter output, string figure, double bar, int rounds, Func<double> ours, Func<double> peer)
    {
        // Long enough for the run-time to have compiled both for good.
        var warm = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(warm).TotalSeconds < 2)
        {
            ours();
            peer();
        }

        var (mine, theirs, ratios) = (new double[rounds], new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            // Neighbours in time share the machine's mood; the order changes from round to round.
            if (round % 2 == 0) mine[round] = ours();
            theirs[round] = peer();
            if (round % 2 == 1) mine[round] = ours();
            ratios[round] = mine[round] / theirs[round];
        }

        var met = Median(ratios) >= bar;
        output.WriteLine($"{figure,-44}{Median(mine),10:F2}{Median(theirs),10:F2}{Median(ratios),8:F2}{">= " + bar,8}  "
            + (met ? "met" : "MISSED"));
        return met ? 0 : 1;
    }

    private static int Allocation(TextWriter output)
    {
        var ring = new SpscRingBuffer<short>(RingSamples);
        var block = new short[BlockSamples];
        ring.Write(block);
        ring.Read(block);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            ring.Write(block);
            ring.Read(block);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{"bytes allocated in 10,000 blocks",-44}{bytes,10}{"",10}{"",8}{"0",8}  {(bytes == 0 ? "met" : "MISSED")}");
        return bytes == 0 ? 0 : 1;
    }

    private static double RingAlone()
    {
        var ring = new SpscRingBuffer<short>(RingSamples);
        var (source, sink) = (new short[BlockSamples], new short[BlockSamples]);
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < CopyBlocks; i++)
        {
            ring.Write(source);
            ring.Read(sink);
        }

        return Gigabytes(start);
    }

    // The same memory traffic without a queue: into a buffer of the ring's size and out again, at a running offset.
    private static double PlainCopies()
    {
        var buffer = new short[RingSamples + BlockSamples];
        var (source, sink) = (new short[BlockSamples], new short[BlockSamples]);
        var start = TimeProvider.System.GetTimestamp();
        for (int i = 0, at = 0; i < CopyBlocks; i++, at = (at + BlockSamples) & (RingSamples - 1))
        {
            source.CopyTo(buffer.AsSpan(at));
            buffer.AsSpan(at, BlockSamples).CopyTo(sink);
        }

        return Gigabytes(start);
    }

    private static double RingAcross()
    {
        var ring = new SpscRingBuffer<short>(CrossingSamples);
        return Across((block, at) => ring.Write(block.AsSpan(at)), (block, at) => ring.Read(block.AsSpan(at)));
    }

    private static double ChannelAcross()
    {
        const int Blocks = CrossingSamples / BlockSamples;
        var options = new BoundedChannelOptions(Blocks) { SingleReader = true, SingleWriter = true };
        var full = Channel.CreateBounded<short[]>(options);
        var pool = Channel.CreateBounded<short[]>(options);
        for (var i = 0; i < Blocks; i++) pool.Writer.TryWrite(new short[BlockSamples]);
        return Across(
            (block, _) =>
            {
                if (!pool.Reader.TryRead(out var pooled)) return 0;
                block.CopyTo(pooled, 0);
                return full.Writer.TryWrite(pooled) ? BlockSamples : 0;
            },
            (block, _) =>
            {
                if (!full.Reader.TryRead(out var pooled)) return 0;
                pooled.CopyTo(block, 0);
                return pool.Writer.TryWrite(pooled) ? BlockSamples : 0;
            });
    }

    // Both queues are waited for in the same way, so that only the queues differ.
    private static double Across(Func<short[], int, int> write, Func<short[], int, int> read)
    {
        var start = TimeProvider.System.GetTimestamp();
        var producer = new Thread(() => Repeat(write));
        producer.Start();
        Repeat(read);
        producer.Join();
        return CrossBlocks / TimeProvider.System.GetElapsedTime(start).TotalSeconds / 1e6;
    }

    // Where in its block a thread stands is its own: beside the other's it would be measured as a part of the queue.
    private static void Repeat(Func<short[], int, int> step)
    {
        var block = new short[BlockSamples];
        var (wait, at) = (default(SpinWait), 0);
        for (var done = 0; done < CrossBlocks;)
        {
            var count = step(block, at);
            at += count;
            if (at == BlockSamples)
            {
                at = 0;
                done++;
            }

            if (count > 0) wait.Reset();
            else wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static double Gigabytes(long start) =>
        (double)CopyBlocks * BlockSamples * sizeof(short) / TimeProvider.System.GetElapsedTime(start).TotalSeconds / 1e9;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
