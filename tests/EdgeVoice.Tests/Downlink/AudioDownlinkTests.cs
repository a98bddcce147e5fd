using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Downlink;
using static EdgeVoice.Tests.Downlink.DownlinkBench;

namespace EdgeVoice.Tests.Downlink;

public sealed class AudioDownlinkTests
{
    [Fact]
    public void Delta_OfAnySizeAtAnyOffset_IsDecodedAcrossTheWrap()
    {
        for (var offset = 0; offset < 64; offset++)
        {
            for (var size = 0; size <= 120; size++)
            {
                var b = new DownlinkBench(room: 64);
                b.Delta(new byte[offset * 2]);
                b.ByItem();
                var bytes = Bytes(size, seed: size);
                b.Delta(bytes, item: "j");
                Assert.Equal(AsSamples(bytes), b.Drain());
                Assert.Equal((size / 2, 0L, 0L), (b.Items[^1].KeptSamples, b.Downlink.DroppedSamples, b.Downlink.BadBase64));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_001)]
    public void OddBytes_AreCarriedToTheNextDelta(int piece)
    {
        var b = new DownlinkBench();
        var bytes = Bytes(6_000);
        for (var at = 0; at < bytes.Length; at += piece) b.Delta(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        Assert.Equal(AsSamples(bytes), b.Drain());
        Assert.Equal(3_000, b.Items[0].ReceivedSamples);
    }

    [Fact]
    public void OddBytes_OfInterleavedItems_EachKeepsItsOwn()
    {
        var b = new DownlinkBench(segments: 256);
        var first = Bytes(900, 1);
        var second = Bytes(900, 2);
        for (var at = 0; at < 900; at += 9)
        {
            b.Delta(first.AsSpan(at, 9), "a");
            b.Delta(second.AsSpan(at, 9), "b");
        }

        var kept = b.ByItem();
        Assert.Equal(AsSamples(first), kept[b.Items[0]]);
        Assert.Equal(AsSamples(second), kept[b.Items[1]]);
    }

    [Fact]
    public void OddByte_RingFullBefore_DoesNotBreak()
    {
        var b = new DownlinkBench(room: 64);
        b.Delta(Bytes(3), "a");
        b.Delta(Bytes(200), "b");
        b.Delta(Bytes(5), "a");
        Assert.Equal((4L, 1L), (b.Items[0].ReceivedSamples, b.Items[0].KeptSamples));
        Assert.Equal(64, b.Samples.Count);
    }

    [Theory]
    [InlineData("AAAA****")]
    [InlineData("AAAAA")]
    [InlineData("AAAAAA")]
    [InlineData("AA=AAAAA")]
    public void BrokenBase64_IsCountedAndTheNextDeltaIsWhole(string text)
    {
        var b = new DownlinkBench();
        b.Raw(Encoding.ASCII.GetBytes(text));
        Assert.Equal(1, b.Downlink.BadBase64);
        var before = b.Drain().Length;
        Assert.InRange(before, 0, 1);
        var bytes = Bytes(100);
        b.Delta(bytes);
        Assert.Equal(AsSamples(bytes), b.Drain());
        Assert.Equal(b.Items[0].ReceivedSamples, b.Items[0].KeptSamples);
    }

    [Fact]
    public void BrokenBase64_BehindTheWrap_IsCounted()
    {
        for (var offset = 56; offset < 64; offset++)
        {
            var b = new DownlinkBench(room: 64);
            b.Delta(new byte[offset * 2]);
            b.ByItem();
            var text = Encode(Bytes(60));
            text[^5] = (byte)'*';
            b.Raw(text);
            Assert.Equal(1, b.Downlink.BadBase64);
            var bytes = Bytes(40);
            b.Drain();
            b.Delta(bytes);
            Assert.Equal(AsSamples(bytes), b.Drain());
        }
    }

    [Fact]
    public void NoText_IsNothing()
    {
        var b = new DownlinkBench();
        b.Raw([]);
        Assert.Equal((0, 0L, 0), (b.Samples.Count, b.Downlink.BadBase64, b.Wakes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    public void RingFull_EndOfTheItemIsDropped_LaterItemStartsClean(int offset)
    {
        var b = new DownlinkBench(room: 64);
        b.Delta(new byte[offset * 2], "z");
        b.ByItem();
        var first = Bytes(301);
        b.Delta(first.AsSpan(0, 100), "a");
        b.Delta(first.AsSpan(100, 101), "a");
        // Room again, but what is kept of an item has no hole.
        Assert.Equal(AsSamples(first)[..b.Samples.Count], b.ByItem()[b.Items[1]]);
        b.Delta(first.AsSpan(201), "a");
        Assert.Equal(0, b.Samples.Count);
        var item = b.Items[1];
        Assert.Equal(150, item.ReceivedSamples);
        Assert.InRange(item.KeptSamples, 62, 64);
        Assert.Equal(item.ReceivedSamples - item.KeptSamples, b.Downlink.DroppedSamples);
        var second = Bytes(80, 5);
        b.Delta(second, "b");
        Assert.Equal(AsSamples(second), b.ByItem()[b.Items[2]]);
    }

    [Fact]
    public void NoRoomForASegment_ItemIsDroppedAndCounted()
    {
        var b = new DownlinkBench(segments: 2);
        b.Delta(Bytes(10), "a");
        b.Delta(Bytes(10), "b");
        b.Delta(Bytes(10), "c");
        Assert.Equal((10, 5L, 5L, 0L), (b.Samples.Count, b.Downlink.DroppedSamples, b.Items[2].ReceivedSamples, b.Items[2].KeptSamples));
    }

    [Fact]
    public void DroppedResponse_LateDeltasAreThrownAway_OthersTagTheNewEpoch()
    {
        var b = new DownlinkBench();
        b.Delta(Bytes(10), "a");
        b.Downlink.Drop(1, ["r"]);
        b.Delta(Bytes(12), "a");
        b.Delta(Bytes(8), "late");
        Assert.Equal((5, 10L), (b.Samples.Count, b.Downlink.LateSamples));
        Assert.Single(b.Items);
        b.Delta(Bytes(6), "n", "s");
        b.Segments.TryRead(out var old);
        b.Segments.TryRead(out var fresh);
        Assert.Equal((0, 1), (old.Epoch, fresh.Epoch));
        Assert.Equal("n", fresh.Item.ItemId);
    }

    [Fact]
    public void NewEpoch_ItemOfAnotherResponseGoesOnInANewSegment()
    {
        var b = new DownlinkBench();
        b.Delta(Bytes(10), "a", "keep");
        b.Downlink.Drop(1, ["other"]);
        b.Delta(Bytes(10), "a", "keep");
        b.Segments.TryRead(out _);
        Assert.True(b.Segments.TryRead(out var next));
        Assert.Equal((5L, 5L, 1), (next.Start, next.ItemSample, next.Epoch));
    }

    [Fact]
    public void FlushOrder_RemembersTheLastSixteen()
    {
        var order = FlushOrder.None;
        for (var i = 0; i < 20; i++) order = order.Next(i, [$"r{i}", $"r{i}"]);
        Assert.Equal(16, order.Dropped.Length);
        Assert.DoesNotContain("r3", order.Dropped);
        Assert.Contains("r19", order.Dropped);
    }

    [Theory]
    [InlineData(AudioCoding.MuLaw)]
    [InlineData(AudioCoding.ALaw)]
    public void G711_AnySize_IsDecoded(AudioCoding coding)
    {
        foreach (var size in new[] { 1, 2, 3, 160, 1_535, 1_536, 1_537, 4_000 })
        {
            var b = new DownlinkBench(room: 1 << 12, coding: coding, rate: 8_000);
            var codes = Bytes(size);
            b.Delta(codes);
            var expected = new short[size];
            if (coding == AudioCoding.MuLaw) G711.DecodeMuLaw(codes, expected);
            else G711.DecodeALaw(codes, expected);
            Assert.Equal(expected, b.Drain());
        }
    }

    [Fact]
    public void G711_RingFull_CountsAllOfIt()
    {
        var b = new DownlinkBench(room: 64, coding: AudioCoding.MuLaw, rate: 8_000);
        b.Delta(Bytes(5_000));
        b.Delta(Bytes(10));
        Assert.Equal((5_010L, 64L, 4_946L), (b.Items[0].ReceivedSamples, b.Items[0].KeptSamples, b.Downlink.DroppedSamples));
    }

    [Fact]
    public void G711_Broken_IsCountedOnce()
    {
        var b = new DownlinkBench(coding: AudioCoding.ALaw, rate: 8_000);
        var text = Encode(Bytes(3_000));
        text[100] = (byte)'*';
        b.Raw(text);
        Assert.Equal(1, b.Downlink.BadBase64);
        Assert.InRange(b.Samples.Count, 0, 75);
    }

    [Fact]
    public void Parts_OfOneItem_AreApart_AndDoneMarksTheRightOne()
    {
        var b = new DownlinkBench();
        b.Delta(Bytes(10), "a", part: 0);
        b.Delta(Bytes(10), "a", part: 1);
        b.Downlink.Done("r", "a", 1);
        Assert.Equal((2, false, true), (b.Items.Count, b.Items[0].IsDone, b.Items[1].IsDone));
        Assert.NotEqual(0, b.Items[0].FirstReceivedNs);
    }

    [Fact]
    public void Reset_SameIdsOnTheNextConnection_AreNewItems()
    {
        var b = new DownlinkBench();
        b.Delta(Bytes(10), "a");
        b.Downlink.Reset();
        b.Delta(Bytes(10), "a");
        Assert.Equal((2, 5L), (b.Items.Count, b.Items[1].KeptSamples));
    }

    [Theory]
    [InlineData(AudioCoding.Pcm16)]
    [InlineData(AudioCoding.MuLaw)]
    public void Delta_OfAKnownItem_AllocatesNothing(AudioCoding coding)
    {
        var b = new DownlinkBench(coding: coding, rate: 8_000);
        var text = Encode(Bytes(4_001));
        var (response, item, heard) = ("r"u8.ToArray(), "i"u8.ToArray(), new short[4_096]);
        for (var i = 0; i < 3; i++)
        {
            b.Downlink.Write(response, item, 0, text);
            b.Samples.Read(heard);
        }

        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 200; i++)
        {
            b.Downlink.Write(response, item, 0, text);
            b.Samples.Read(heard);
        }

        Assert.Equal(0, ThreadAllocations.Since(before));
        Assert.Equal(0, b.Downlink.DroppedSamples);
    }
}
