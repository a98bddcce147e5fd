using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Spi;

namespace EdgeVoice.Tests.Linux;

public sealed class SpiPixelRingTests
{
    private readonly Apa102Encoder _encoder = new(2, ChannelOrder.Parse("RGB"));
    private readonly List<FakeBus> _buses = [];

    [Fact]
    public void Show_Twice_OpensOnceAndSendsBoth()
    {
        using var ring = Ring();
        Assert.Empty(_buses);
        ring.Show([new Rgb(1, 2, 3), default]);
        ring.Show([default, new Rgb(4, 5, 6)]);
        Assert.Equal(["00000000FF010203FF0000000000000000", "00000000FF000000FF0405060000000000"], Assert.Single(_buses).Sent);
    }

    [Fact]
    public void Show_AfterAFailure_ClosesTheBusAndOpensItAnew()
    {
        using var ring = Ring();
        ring.Show(new Rgb[2]);
        _buses[0].Fails = true;
        Assert.Throws<IOException>(() => ring.Show(new Rgb[2]));
        Assert.True(_buses[0].IsClosed);
        ring.Show(new Rgb[2]);
        Assert.Equal(2, _buses.Count);
        Assert.Single(_buses[1].Sent);
    }

    [Fact]
    public void Dispose_Always_ClosesTheBus()
    {
        var ring = Ring();
        ring.Show(new Rgb[2]);
        ring.Dispose();
        Assert.True(_buses[0].IsClosed);
        Assert.Throws<ObjectDisposedException>(() => ring.Show(new Rgb[2]));
    }

    [Fact]
    public void Show_Steady_AllocatesNothing()
    {
        using var ring = Ring();
        var pixels = new Rgb[2];
        ring.Show(pixels);
        _buses[0].Keeps = false;
        ring.Show(pixels);
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 100; i++) ring.Show(pixels);
        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    [Fact]
    public void Open_NoSuchDevice_SaysWhatToDo()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using var ring = new SpiPixelRing(path, _encoder);
        var error = Assert.Throws<IOException>(() => ring.Show(new Rgb[2]));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("dtparam=spi=on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AFileThatIsNoBus_SaysSo()
    {
        using var ring = new SpiPixelRing("/dev/null", _encoder);
        var error = Assert.Throws<IOException>(() => ring.Show(new Rgb[2]));
        Assert.Contains("/dev/null: does not take mode 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("edgevoice devices", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Led_OnNoSuchChip_SaysSo()
    {
        using var led = new GpioRgbLed("no-such-chip", 1, 2, 3);
        Assert.Contains("no-such-chip", Assert.Throws<IOException>(() => led.Show(new Rgb[1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Led_AfterAFailure_TakesItsLinesAnew()
    {
        List<FakeLines> taken = [];
        using var led = new GpioRgbLed(() =>
        {
            taken.Add(new FakeLines());
            return taken[^1];
        });
        led.Show([new Rgb(255, 0, 0)]);
        led.Show([new Rgb(0, 255, 255)]);
        taken[0].Fails = true;
        Assert.Throws<IOException>(() => led.Show(new Rgb[1]));
        led.Show(new Rgb[1]);
        Assert.Equal([1, 6], taken[0].Shown);
        Assert.Equal([0], taken[1].Shown);
        Assert.True(taken[0].IsClosed);
    }

    private SpiPixelRing Ring() => new(_encoder, () =>
    {
        _buses.Add(new FakeBus());
        return _buses[^1];
    });

    private sealed class FakeBus : ISpiBus
    {
        public List<string> Sent { get; } = [];

        public bool Fails { get; set; }

        public bool Keeps { get; set; } = true;

        public bool IsClosed { get; private set; }

        public void Send(ReadOnlySpan<byte> bytes)
        {
            if (Fails) throw new IOException("EIO");
            if (Keeps) Sent.Add(Convert.ToHexString(bytes));
        }

        public void Dispose() => IsClosed = true;
    }

    private sealed class FakeLines : IGpioOutputs
    {
        public List<int> Shown { get; } = [];

        public bool Fails { get; set; }

        public bool IsClosed { get; private set; }

        public void Set(int bits)
        {
            if (Fails) throw new IOException("ENODEV");
            Shown.Add(bits);
        }

        public void Dispose() => IsClosed = true;
    }
}
