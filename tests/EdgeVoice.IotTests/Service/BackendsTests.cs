using System.Device.Gpio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Iot.Gpio;
using EdgeVoice.Iot.Led;
using EdgeVoice.Iot.Sound;
using EdgeVoice.Iot.Systemd;
using EdgeVoice.Service;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.IotTests.Service;

/// <summary>The program's own file that only a build with the packages compiles.</summary>
public sealed class BackendsTests
{
    [Fact]
    public void Iot_InABuildWithThePackages_MakesEveryPort()
    {
        var iot = Backends.Iot!;
        using var ws2812 = Assert.IsType<IotWs2812Ring>(iot.Ring(new LedOptions { Pixels = 24 }));
        using var apa102 = Assert.IsType<IotApa102Ring>(iot.Ring(new LedOptions { Type = LedType.Apa102, Order = "RGB" }));
        Assert.Equal((24, 12), (ws2812.PixelCount, apa102.PixelCount));
        using var sink = Assert.IsType<AlsaNetSink>(iot.OpenSink("default", 24_000, TimeProvider.System));
        Assert.Equal((24_000, 2), (sink.Format.Rate, sink.Format.Channels));
        using var supervisor = Assert.IsType<HostingSystemdSupervisor>(iot.Supervisor());
        var (pin, problem) = iot.Line(5, ButtonPull.Down, "button", keepsLevel: false, TimeProvider.System, NullLoggerFactory.Instance);
        using (Assert.IsType<IotButtonPin>(pin))
        {
            Assert.Null(problem());
            Assert.Equal(PinMode.InputPullDown, GpioDriver.Board.Open[5]);
        }
    }
}
