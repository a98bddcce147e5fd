using System.Device.Spi;
using System.Drawing;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using Iot.Device.Ws28xx;

namespace EdgeVoice.Iot.Led;

/// <summary>WS2812B pixels through the package's <c>Ws2812b</c>: three SPI bits a bit at 2.4 MHz.</summary>
/// <remarks>
/// Its coding forgives no pause between two bytes, which some controllers make, and colours have been reported wrong on a Pi 4; the
/// kernel backend's does. Rings under eight pixels are filled up with dark ones. Threads: as <see cref="IotPixelRing"/>.
/// </remarks>
public sealed class IotWs2812Ring : IotPixelRing
{
    /// <summary>Bit clock in hertz that the package's coding asks for.</summary>
    public const int ClockHz = 2_400_000;

    /// <summary>Pixels sent at least. Source: reports of wrong colours with fewer.</summary>
    public const int LeastPixels = 8;

    private readonly ChannelOrder _order;
    private Ws2812b? _chain;

    /// <summary>Takes a path such as <c>/dev/spidev0.0</c>, the number of pixels (1 to 64) and their order (three channels).</summary>
    /// <exception cref="ArgumentException">The path is no such path, or the order has a fourth channel.</exception>
    public IotWs2812Ring(string path, int pixels, ChannelOrder order)
        : base(path, ClockHz, pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Count, 3);
        _order = order;
    }

    /// <inheritdoc/>
    private protected override void Begin(SpiDevice bus)
    {
        _chain = new Ws2812b(bus, Math.Max(PixelCount, LeastPixels));
        // Without this the package sends zeros until every pixel has been set, which are no bits at all.
        _chain.Image.Clear(Color.Black);
    }

    /// <inheritdoc/>
    private protected override void Send(ReadOnlySpan<Rgb> pixels)
    {
        Span<byte> wire = stackalloc byte[3];
        for (var i = 0; i < pixels.Length; i++)
        {
            _order.Write(pixels[i], wire);
            // The package sends green, red, blue: so the first byte of the wire is what it calls green.
            _chain!.Image.SetPixel(i, 0, Color.FromArgb(wire[1], wire[0], wire[2]));
        }

        _chain!.Update();
    }
}
