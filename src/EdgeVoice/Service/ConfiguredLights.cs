using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Spi;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Service;

/// <summary>Makes the lights that a configuration names.</summary>
internal static class ConfiguredLights
{
    /// <summary>
    /// The ring, which opens its device at the first picture; null where there is to be none, or where <paramref name="problem"/> says in
    /// one line why there cannot be. <paramref name="iot"/>: the backends of the packages, where built in.
    /// </summary>
    public static IPixelRing? Create(LedOptions options, IPixelRing? terminal, IIotBackends? iot, out string? problem)
    {
        if (!DeviceStrings.TryParseLeds(options.Device, out var device, out problem)) return null;
        problem = null;
        if (device.Kind == DeviceStringKind.Terminal) return terminal;
        if (device.Kind != DeviceStringKind.Hardware) return null;
        if (options.Backend == PinBackend.Kernel) return Kernel(options);
        if (iot is not null) return iot.Ring(options);
        problem = Backends.NotBuiltIn("led.backend", "iot", "kernel");
        return null;
    }

    /// <summary>The bytes that pixels of a kind want.</summary>
    public static PixelEncoder Encoder(LedOptions options) => options.Type switch
    {
        LedType.Apa102 => new Apa102Encoder(options.Pixels, Order(options, "BGR")),
        LedType.Sk6812 => new OneWireEncoder(OneWireChip.Sk6812, options.Pixels, Order(options, "GRB")),
        LedType.Sk6812White => new OneWireEncoder(OneWireChip.Sk6812, options.Pixels, Order(options, "GRBW")),
        _ => new OneWireEncoder(OneWireChip.Ws2812, options.Pixels, Order(options, "GRB")),
    };

    private static IPixelRing Kernel(LedOptions options)
    {
        var lines = options.Lines;
        return options.Type == LedType.ThreeLines
            ? new GpioRgbLed(lines.Chip, lines.Red, lines.Green, lines.Blue, lines.CommonAnode)
            : new SpiPixelRing(options.Device, Encoder(options));
    }

    private static ChannelOrder Order(LedOptions options, string usual) => ChannelOrder.Parse(options.Order ?? usual);
}
