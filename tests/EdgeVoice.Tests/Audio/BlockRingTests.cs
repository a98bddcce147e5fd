using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public class BlockRingTests
{
    [Fact]
    public void TryRead_WhenEmpty_IsFalse() => Assert.False(new BlockRing(64).TryRead(out _, new short[64]));

    [Fact]
    public void TryWrite_WhenItDoesNotFit_WritesNothing()
    {
        var ring = new BlockRing(64);
        Assert.True(ring.TryWrite(10, 20, new short[40], 3));
        Assert.False(ring.TryWrite(11, 21, new short[40]));
        Assert.True(ring.TryRead(out var header, new short[64]));
        Assert.Equal(new BlockHeader(10, 20, 40, 3), header);
        Assert.False(ring.TryRead(out _, new short[64]));
    }

    [Fact]
    public void Blocks_OfEverySize_ComeOutWithTheirHeaders()
    {
        // Running on through the same ring makes header and samples wrap at every offset.
        var ring = new BlockRing(256);
        var got = new short[256];
        for (var i = 0; i < 5_000; i++)
        {
            var sent = new short[i % 200];
            for (var k = 0; k < sent.Length; k++) sent[k] = (short)(i * 31 + k);
            Assert.True(ring.TryWrite(i * 1_000_000_007L, -i, sent, i));
            Assert.True(ring.TryRead(out var header, got));
            Assert.Equal(new BlockHeader(i * 1_000_000_007L, -i, sent.Length, i), header);
            Assert.True(sent.AsSpan().SequenceEqual(got.AsSpan(0, header.Count)));
        }
    }

    [Fact]
    public void TwoThreads_OddBlocks_StayWhole()
    {
        const int Blocks = 20_000;
        var ring = new BlockRing(2048);
        TwoThreads.Run(
            () =>
            {
                var samples = new short[331];
                var wait = new TwoThreads.Waiting();
                for (var i = 0; i < Blocks;)
                {
                    var block = samples.AsSpan(0, i * 7 % samples.Length);
                    block.Fill((short)i);
                    var written = ring.TryWrite(i, i * 3L, block, i);
                    if (written) i++;
                    wait.After(written);
                }
            },
            () =>
            {
                var samples = new short[331];
                var wait = new TwoThreads.Waiting();
                for (var i = 0; i < Blocks;)
                {
                    var read = ring.TryRead(out var header, samples);
                    wait.After(read);
                    if (!read) continue;
                    if (header != new BlockHeader(i, i * 3L, i * 7 % samples.Length, i)) throw new InvalidOperationException($"{i}: {header}");
                    if (samples.AsSpan(0, header.Count).ContainsAnyExcept((short)i)) throw new InvalidOperationException($"{i}: torn");
                    i++;
                }
            });
    }
}
