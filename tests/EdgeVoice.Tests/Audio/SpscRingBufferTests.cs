using System.Runtime.CompilerServices;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Audio;

public class SpscRingBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-4)]
    [InlineData(int.MaxValue)]
    public void Construction_NoPowerOfTwo_Throws(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpscRingBuffer<short>(capacity));

    [Fact]
    public void Write_WhenFull_ReturnsPartialCount()
    {
        var ring = new SpscRingBuffer<int>(8);
        Assert.Equal(5, ring.Write([1, 2, 3, 4, 5]));
        Assert.Equal(3, ring.Write([6, 7, 8, 9]));
        Assert.Equal(0, ring.Write([9]));
        Assert.False(ring.TryWrite(9));
        Assert.Equal(8, ring.Count);
        Assert.Equal(0, ring.WritableCount);
        var all = new int[10];
        Assert.Equal(8, ring.Read(all));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 0, 0], all);
        Assert.Equal(0, ring.Read(all));
        Assert.False(ring.TryRead(out _));
    }

    [Fact]
    public void WriteAndRead_AtEveryOffset_Wrap()
    {
        const int Capacity = 16;
        for (var offset = 0; offset < Capacity; offset++)
            for (var length = 0; length <= Capacity; length++)
            {
                var ring = new SpscRingBuffer<int>(Capacity);
                Assert.Equal(offset, ring.Write(new int[offset]));
                ring.Release(offset);
                var sent = Enumerable.Range(1, length).ToArray();
                Assert.Equal(length, ring.Write(sent));
                var got = new int[length];
                Assert.Equal(length, ring.Read(got));
                Assert.Equal(sent, got);
            }
    }

    [Fact]
    public void WritableSpans_AtEveryOffset_AreTheFreeSpaceInOrder()
    {
        for (var offset = 0; offset < 8; offset++)
        {
            var ring = new SpscRingBuffer<int>(8);
            ring.Write(new int[offset]);
            ring.Release(offset);
            ring.WritableSpans(out var first, out var second);
            Assert.Equal(8, first.Length + second.Length);
            for (var i = 0; i < 5; i++) (i < first.Length ? first : second)[i < first.Length ? i : i - first.Length] = 10 + i;
            Assert.Equal(0, ring.Count);
            ring.Publish(2);
            ring.Publish(3);
            var got = new int[5];
            Assert.Equal(5, ring.Read(got));
            Assert.Equal([10, 11, 12, 13, 14], got);
        }
    }

    [Fact]
    public void Publish_MoreThanThereIsRoom_Throws()
    {
        var ring = new SpscRingBuffer<int>(4);
        ring.Publish(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Publish(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Publish(-1));
    }

    [Fact]
    public void Peek_AheadAndBackAgain_ReadsTheSame()
    {
        var ring = new SpscRingBuffer<int>(8);
        ring.Write([1, 2, 3, 4, 5, 6]);
        var two = new int[2];
        Assert.Equal(2, ring.Peek(4, two));
        Assert.Equal([5, 6], two);
        Assert.Equal(0, ring.Peek(6, two));
        Assert.Equal(0, ring.Peek(100, two));
        Assert.Equal(2, ring.Peek(1, two));
        Assert.Equal([2, 3], two);
        Assert.Equal(2, ring.WritableCount);
        ring.Release(3);
        Assert.Equal(5, ring.WritableCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Peek(2, two));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Release(7));
        ring.Release(1);
        Assert.Equal(3, ring.ReleasedPosition);
        Assert.Equal(6, ring.WritePosition);
        Assert.Equal(2, ring.Read(two));
        Assert.Equal([4, 5], two);
    }

    [Fact]
    public void Release_OfReferences_LetsThemGo()
    {
        var ring = new SpscRingBuffer<PlaybackSegment>(4);
        var item = WriteSegment(ring);
        ReadOne(ring);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(item.IsAlive);
        GC.KeepAlive(ring);
    }

    [Fact]
    public void WriteAndRead_OnceWarm_AllocateNothing()
    {
        var ring = new SpscRingBuffer<short>(1024);
        var block = new short[480];
        ring.Write(block);
        ring.Read(block);
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 1000; i++)
        {
            ring.Write(block);
            ring.Read(block);
        }

        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    [Theory]
    [InlineData(2, 2_000)]
    [InlineData(64, 50_000)]
    [InlineData(4096, 1_000_000)]
    public void TwoThreads_OddBlocks_LoseAndReorderNothing(int capacity, int items)
    {
        var ring = new SpscRingBuffer<int>(capacity);
        TwoThreads.Run(() => Produce(ring, items), () => Consume(ring, items));
        Assert.Equal(items, ring.WritePosition);
        Assert.Equal(items, ring.ReleasedPosition);
    }

    // Half of the blocks are copied in, half are built in place and published in two steps.
    private static void Produce(SpscRingBuffer<int> ring, int items)
    {
        var random = new Random(11);
        var block = new int[97];
        var wait = new TwoThreads.Waiting();
        for (var next = 0; next < items;)
        {
            var count = Math.Min(random.Next(1, block.Length), items - next);
            if (random.Next(2) == 0)
            {
                for (var i = 0; i < count; i++) block[i] = next + i;
                count = ring.Write(block.AsSpan(0, count));
            }
            else
            {
                ring.WritableSpans(out var first, out var second);
                count = Math.Min(count, first.Length + second.Length);
                for (var i = 0; i < count; i++) (i < first.Length ? ref first[i] : ref second[i - first.Length]) = next + i;
                ring.Publish(count / 2);
                ring.Publish(count - count / 2);
            }

            next += count;
            wait.After(count > 0);
        }
    }

    // Every other read looks ahead, goes back, and gives the space back only then.
    private static void Consume(SpscRingBuffer<int> ring, int items)
    {
        var random = new Random(12);
        var block = new int[89];
        var wait = new TwoThreads.Waiting();
        for (var next = 0; next < items;)
        {
            var span = block.AsSpan(0, random.Next(1, block.Length));
            var peek = random.Next(2) == 0;
            var count = peek ? ring.Peek(next, span) : ring.Read(span);
            for (var i = 0; i < count; i++)
                if (block[i] != next + i)
                    throw new InvalidOperationException($"{block[i]} at {next + i}");
            if (peek && count > 0)
            {
                var middle = count / 2;
                if (ring.Peek(next + middle, block.AsSpan(0, 1)) != 1 || block[0] != next + middle)
                    throw new InvalidOperationException($"going back to {next + middle} read {block[0]}");
                ring.Release(next + count);
            }

            next += count;
            wait.After(count > 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadOne(SpscRingBuffer<PlaybackSegment> ring) => Assert.True(ring.TryRead(out _));

    // Out of line, so that no local of the test keeps the item.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference WriteSegment(SpscRingBuffer<PlaybackSegment> ring)
    {
        var item = new AudioItem("response", "item", 0, 24_000);
        ring.TryWrite(new PlaybackSegment(0, item, 0, 0));
        return new WeakReference(item);
    }
}
