using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Tests.Simulator.Server;

public sealed class SampleStoreTests
{
    [Fact]
    public void Add_AndDropFrontAtRandom_KeepsTheNewestInOrder()
    {
        var random = new Random(3);
        var store = new SampleStore(100_000);
        var expected = new List<short>();
        for (var round = 0; round < 500; round++)
        {
            var piece = Enumerable.Range(0, random.Next(1, 700)).Select(_ => (short)random.Next(-32768, 32767)).ToArray();
            Assert.True(store.Add(piece));
            expected.AddRange(piece);
            var drop = random.Next(0, 800);
            store.DropFront(drop);
            expected.RemoveRange(0, Math.Min(drop, expected.Count));
            Assert.True(store.Span.SequenceEqual(expected.ToArray()));
        }
    }

    [Fact]
    public void Add_BeyondTheLimit_KeepsWhatFitsAndCountsTheRest()
    {
        var store = new SampleStore(10);
        Assert.True(store.Add(new short[8]));
        Assert.False(store.Add([1, 2, 3, 4]));
        Assert.Equal((10, 12L), (store.Count, store.Total));
        Assert.Equal([1, 2], store.Take()[8..]);
        Assert.Equal(0, store.Count);
    }
}
