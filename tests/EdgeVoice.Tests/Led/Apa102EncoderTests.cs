using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.Tests.Led;

public sealed class Apa102EncoderTests
{
    [Fact]
    public void Encode_AnyCountOfPixels_DecodesToThem()
    {
        var random = new Random(1);
        for (var count = 1; count <= 64; count++)
        {
            var encoder = new Apa102Encoder(count, ChannelOrder.Parse("BGR"));
            Rgb[] pixels = [.. Enumerable.Range(0, count).Select(_ => new Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)))];
            var sent = encoder.Encode(pixels);
            Assert.Equal(encoder.Length, sent.Length);
            Assert.Equal(pixels.SelectMany(p => new[] { p.B, p.G, p.R }), Apa102Decoder.Decode(sent, count));
        }
    }

    [Fact]
    public void Encoder_WithAWhiteChannel_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Apa102Encoder(1, ChannelOrder.Parse("GRBW")));
}
