using System.Device.Spi;
using System.Drawing;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using Iot.Device.Apa102;

namespace EdgeVoice.Iot.Led;

/// <summary>APA102 pixels through the package's <c>Apa102</c>, the chips' own brightness at its highest.</summary>
/// <remarks>
/// The package ends a picture with 32 ones: enough clocks for 64 pixels, but an SK9822 may show a picture only with the next one.
/// Threads: as <see cref="IotPixelRing"/>.
/// </remarks>
public sealed class IotApa102Ring : IotPixelRing
{
    private readonly ChannelOrder _order;
    private Apa102? _chain;

    /// <summary>Takes a path such as <c>/dev/spidev0.0</c>, the number of pixels (1 to 64) and their order (three channels).</summary>
    /// <exception cref="ArgumentException">The path is no such path, or the order has a fourth channel.</exception>
    public IotApa102Ring(string path, int pixels, ChannelOrder order)
        : base(path, Apa102Encoder.Clock, pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Count, 3);
        _order = order;
    }

    /// <inheritdoc/>
    private protected override void Begin(SpiDevice bus) => _chain = new Apa102(bus, PixelCount);

    /// <inheritdoc/>
    private protected override void Send(ReadOnlySpan<Rgb> pixels)
    {
        Span<byte> wire = stackalloc byte[3];
        for (var i = 0; i < pixels.Length; i++)
        {
            _order.Write(pixels[i], wire);
            // The package sends blue, green, red: so the first byte of the wire is what it calls blue.
            _chain!.Pixels[i] = Color.FromArgb(wire[2], wire[1], wire[0]);
        }

        _chain!.Flush();
    }
}
