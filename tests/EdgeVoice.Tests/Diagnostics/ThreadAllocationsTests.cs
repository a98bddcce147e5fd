using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Diagnostics;

public sealed class ThreadAllocationsTests
{
    [Fact]
    public void Since_NothingAllocatedUnderBackgroundCollections_IsZero()
    {
        using var collector = new BackgroundCollections();
        for (var round = 0; round < 20; round++)
        {
            var garbage = new byte[100];
            var mark = ThreadAllocations.Mark();
            var collections = GC.CollectionCount(2);
            for (var i = 0; i < 1_000_000 && GC.CollectionCount(2) < collections + 2; i++)
                if (ThreadAllocations.Since(mark) != 0) break;
            Assert.Equal(0, ThreadAllocations.Since(mark));
            GC.KeepAlive(garbage);
        }
    }

    [Fact]
    public void Since_OneArray_IsItsSize()
    {
        var mark = ThreadAllocations.Mark();
        GC.KeepAlive(new byte[1000]);
        Assert.Equal(1024, ThreadAllocations.Since(mark));
    }

    /// <summary>Collects generation 2 in the background, one collection after the other.</summary>
    private sealed class BackgroundCollections : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _stopping;

        public BackgroundCollections()
        {
            _thread = new Thread(() =>
            {
                while (!_stopping) GC.Collect(2, GCCollectionMode.Forced, blocking: false);
            });
            _thread.Start();
        }

        public void Dispose()
        {
            _stopping = true;
            _thread.Join();
        }
    }
}
