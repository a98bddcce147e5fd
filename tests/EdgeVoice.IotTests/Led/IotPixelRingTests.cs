using System.Device.Spi;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Iot.Led;

namespace EdgeVoice.IotTests.Led;

/// <summary>Frames to what goes over the wire.</summary>
public sealed class IotPixelRingTests
{
    private static readonly Rgb[] Frame = [new(255, 0, 1), new(2, 254, 3), new(128, 64, 32)];

    // One bus a test: what was opened on it stays.
    private static int _bus;
    private readonly int _number = Interlocked.Increment(ref _bus);

    private string Path => $"/dev/spidev{_number}.1";

    [Theory]
    [InlineData("GRB", 1)]
    [InlineData("RGB", 0)]
    [InlineData("BRG", 2)]
    public void Show_Ws2812_PutsTheChannelsOnTheWireInTheirOrder(string order, int placeOfGreen)
    {
        using var ring = new IotWs2812Ring(Path, 3, ChannelOrder.Parse(order));
        ring.Show(Frame);
        var sent = Bits(Assert.Single(Bus().Transfers));
        Span<byte> expected = stackalloc byte[3];
        for (var i = 0; i < Frame.Length; i++)
        {
            ChannelOrder.Parse(order).Write(Frame[i], expected);
            Assert.Equal(expected, sent.AsSpan(3 * i, 3));
        }

        Assert.Equal(254, sent[3 + (placeOfGreen == 1 ? 0 : placeOfGreen == 0 ? 1 : 2)]);
    }

    [Fact]
    public void Show_Ws2812WithFewPixels_FillsUpToEightWithDarkOnes()
    {
        using var ring = new IotWs2812Ring(Path, 3, ChannelOrder.Parse("GRB"));
        ring.Show(Frame);
        var sent = Bits(Assert.Single(Bus().Transfers));
        Assert.Equal(3 * IotWs2812Ring.LeastPixels, sent.Length);
        Assert.All(sent[9..], channel => Assert.Equal(0, channel));
    }

    [Fact]
    public void Show_Ws2812_OpensTheBusAsThePackageNeedsIt()
    {
        using var ring = new IotWs2812Ring(Path, 3, ChannelOrder.Parse("GRB"));
        Assert.False(SpiDevice.Opened.ContainsKey(_number));
        ring.Show(Frame);
        ring.Show(Frame);
        var settings = Bus().ConnectionSettings;
        Assert.Equal((1, 2_400_000, SpiMode.Mode0, 8), (settings.ChipSelectLine, settings.ClockFrequency, settings.Mode, settings.DataBitLength));
    }

    [Theory]
    [InlineData("BGR", 1, 0, 255)]
    [InlineData("RGB", 255, 0, 1)]
    public void Show_Apa102_SendsLinearLightAtFullBrightness(string order, byte first, byte second, byte third)
    {
        using var ring = new IotApa102Ring(Path, 3, ChannelOrder.Parse(order));
        ring.Show(Frame);
        var sent = Assert.Single(Bus().Transfers);
        Assert.Equal([0, 0, 0, 0, 0xFF, first, second, third, 0xFF], sent[..9]);
        Assert.Equal(4 + 3 * 4 + 4, sent.Length);
        Assert.Equal(Apa102Encoder.Clock, Bus().ConnectionSettings.ClockFrequency);
    }

    [Fact]
    public void Show_BusThatFails_ThrowsOneLineAndOpensAnew()
    {
        using var ring = new IotApa102Ring(Path, 3, ChannelOrder.Parse("BGR"));
        ring.Show(Frame);
        SpiDevice.Failures[_number] = "Error 5\nperforming SPI data transfer.";
        var error = Assert.Throws<IOException>(() => ring.Show(Frame));
        Assert.Equal(
            $"{Path}: Error 5 performing SPI data transfer.; check that SPI is on and the wiring, or set led.backend to \"kernel\"", error.Message);
        Assert.True(Bus().IsDisposed);
        Assert.Throws<IOException>(() => ring.Show(Frame));
        SpiDevice.Failures.TryRemove(_number, out _);
        ring.Show(Frame);
        Assert.Equal(2, SpiDevice.Opened[_number].Count);
        Assert.Single(SpiDevice.Opened[_number].Last().Transfers);
    }

    [Fact]
    public void Dispose_Always_ClosesTheBus()
    {
        var ring = new IotWs2812Ring(Path, 3, ChannelOrder.Parse("GRB"));
        ring.Show(Frame);
        ring.Dispose();
        Assert.True(Bus().IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => ring.Show(Frame));
    }

    [Fact]
    public void New_WrongPathCountOrOrder_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new IotWs2812Ring("/dev/ttyS0", 3, ChannelOrder.Parse("GRB")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IotWs2812Ring(Path, 65, ChannelOrder.Parse("GRB")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IotApa102Ring(Path, 3, ChannelOrder.Parse("GRBW")));
    }

    private SpiDevice Bus() => SpiDevice.Opened[_number].First();

    // As the pixels read it: three SPI bits a bit, 100 or 110, then a reset.
    private static byte[] Bits(byte[] transfer)
    {
        const int resetBytes = 30;
        var bits = string.Concat(transfer[..^resetBytes].Select(part => Convert.ToString(part, 2).PadLeft(8, '0')));
        Assert.All(transfer[^resetBytes..], part => Assert.Equal(0, part));
        var read = bits.Chunk(3).Select(three => new string(three) switch { "100" => 0, "110" => 1, var other => throw new InvalidDataException(other) });
        return [.. read.Chunk(8).Select(eight => (byte)eight.Aggregate((sum, bit) => sum << 1 | bit))];
    }
}
