using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.Tests.Led;

public sealed class OneWireEncoderTests
{
    // What the kernel makes of 6.25 MHz on the core clocks of a Pi 3, a Pi 3 at full speed, a Pi 4 and a Pi 5: an even divisor, never faster.
    public static TheoryData<int> CoreClocks => [250_000_000, 400_000_000, 500_000_000, 200_000_000];

    [Theory]
    [MemberData(nameof(CoreClocks))]
    public void Encode_OnAPisClock_KeepsEveryTimeWithinTheDatasheet(int coreHz)
    {
        var divisor = (coreHz + OneWireEncoder.Clock - 1) / OneWireEncoder.Clock;
        var clockHz = coreHz / (divisor + divisor % 2);
        var pixels = Picture(12, 1);
        var ws2812 = new OneWireEncoder(OneWireChip.Ws2812, 12, ChannelOrder.Parse("GRB"));
        Assert.Equal(Bytes(pixels, 12), OneWireDecoder.Decode(ws2812.Encode(pixels), clockHz, OneWireDatasheet.Ws2812B));
        var sk6812 = new OneWireEncoder(OneWireChip.Sk6812, 12, ChannelOrder.Parse("GRB"));
        Assert.Equal(Bytes(pixels, 12), OneWireDecoder.Decode(sk6812.Encode(pixels), clockHz, OneWireDatasheet.Sk6812));
    }

    [Theory]
    [InlineData(OneWireChip.Ws2812)]
    [InlineData(OneWireChip.Sk6812)]
    public void Encode_AnyCountOfPixels_DecodesToThem(OneWireChip chip)
    {
        var sheet = chip == OneWireChip.Ws2812 ? OneWireDatasheet.Ws2812B : OneWireDatasheet.Sk6812;
        for (var count = 1; count <= 64; count++)
        {
            var encoder = new OneWireEncoder(chip, count, ChannelOrder.Parse("GRB"));
            for (var picture = 0; picture < 3; picture++)
            {
                var pixels = Picture(count, picture);
                var sent = encoder.Encode(pixels);
                Assert.Equal(encoder.Length, sent.Length);
                Assert.Equal(Bytes(pixels, Math.Max(count, 8)), OneWireDecoder.Decode(sent, encoder.ClockHz, sheet));
            }
        }
    }

    [Fact]
    public void Encode_WithPausesBetweenBytes_DecodesTheSame()
    {
        var random = new Random(1);
        var pixels = Picture(12, 5);
        var sent = new OneWireEncoder(OneWireChip.Ws2812, 12, ChannelOrder.Parse("GRB")).Encode(pixels);
        Assert.Equal(Bytes(pixels, 12), OneWireDecoder.Decode(sent, OneWireEncoder.Clock, OneWireDatasheet.Ws2812B, _ => random.Next(4) * 1_000));
    }

    [Theory]
    [InlineData("RGB", "010203")]
    [InlineData("GRB", "020103")]
    [InlineData("BGR", "030201")]
    [InlineData("GRBW", "01000201")] // 1, 2 and 3 have 1 in common.
    [InlineData("WBGR", "01020100")]
    public void Encode_InAnyOrder_SendsTheChannelsInIt(string order, string expected)
    {
        var encoder = new OneWireEncoder(OneWireChip.Sk6812, 8, ChannelOrder.Parse(order));
        var sent = encoder.Encode([.. Enumerable.Repeat(new Rgb(1, 2, 3), 8)]);
        var decoded = OneWireDecoder.Decode(sent, encoder.ClockHz, OneWireDatasheet.Sk6812);
        Assert.Equal(string.Concat(Enumerable.Repeat(expected, 8)), Convert.ToHexString(decoded));
    }

    [Fact]
    public void Encode_LargestRing_FitsSpidevsUsualBuffer() =>
        Assert.InRange(new OneWireEncoder(OneWireChip.Sk6812, 64, ChannelOrder.Parse("GRBW")).Length, 64 * 32, 4096);

    [Fact]
    public void Encode_Always_AllocatesNothing()
    {
        PixelEncoder[] encoders =
        [
            new OneWireEncoder(OneWireChip.Ws2812, 12, ChannelOrder.Parse("GRB")),
            new OneWireEncoder(OneWireChip.Sk6812, 12, ChannelOrder.Parse("GRBW")),
            new Apa102Encoder(12, ChannelOrder.Parse("BGR")),
        ];
        var pixels = Picture(12, 1);
        foreach (var encoder in encoders) encoder.Encode(pixels);
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 1000; i++) encoders[i % encoders.Length].Encode(pixels);
        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Encoder_OfNoSuchRing_Throws(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneWireEncoder(OneWireChip.Ws2812, count, ChannelOrder.Parse("GRB")));

    [Fact]
    public void Encode_PictureOfAnotherRing_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new OneWireEncoder(OneWireChip.Ws2812, 12, ChannelOrder.Parse("GRB")).Encode(new Rgb[11]).Length);

    [Theory]
    [InlineData("")]
    [InlineData("RG")]
    [InlineData("RGG")]
    [InlineData("RGBB")]
    [InlineData("grb")]
    public void TryParse_NoOrder_IsFalse(string text) => Assert.False(ChannelOrder.TryParse(text, out _));

    private static Rgb[] Picture(int count, int seed)
    {
        var random = new Random(seed);
        byte any() => random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
        return [.. Enumerable.Range(0, count).Select(_ => new Rgb(any(), any(), any()))];
    }

    /// <summary>Green, red, blue of each pixel, and dark ones up to a count.</summary>
    private static byte[] Bytes(Rgb[] pixels, int count) =>
        [.. pixels.SelectMany(p => new[] { p.G, p.R, p.B }), .. new byte[3 * (count - pixels.Length)]];
}
