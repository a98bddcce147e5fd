using System.Device.Spi;
using System.Drawing;

namespace Iot.Device.Apa102;

/// <summary>A chain of APA102: 32 zeros, then brightness (from alpha), blue, green, red for each, then 32 ones.</summary>
public class Apa102(SpiDevice spiDevice, int length)
{
    private readonly Color[] _pixels = new Color[length];

    public Span<Color> Pixels => _pixels;

    public void Flush() =>
        spiDevice.Write([0, 0, 0, 0, .. _pixels.SelectMany(pixel => (byte[])[(byte)(pixel.A >> 3 | 0xE0), pixel.B, pixel.G, pixel.R]), 255, 255, 255, 255]);
}
