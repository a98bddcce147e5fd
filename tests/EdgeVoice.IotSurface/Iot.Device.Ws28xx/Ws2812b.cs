using System.Device.Spi;
using System.Drawing;

namespace Iot.Device.Ws28xx;

/// <summary>A chain of WS2812B: green, red, blue, each bit as three (100 or 110), a reset behind.</summary>
public class Ws2812b(SpiDevice spiDevice, int width, int height = 1)
{
    public Pixels Image { get; } = new(width * height);

    public void Update() => spiDevice.Write(Image.Data);

    /// <summary>What is sent. Until a pixel is set its bits are zeros, which are no bits.</summary>
    public sealed class Pixels(int count)
    {
        private const int BytesPerPixel = 9;
        private const int ResetBytes = 30;

        /// <summary>The bytes of a transfer.</summary>
        public byte[] Data { get; } = new byte[count * BytesPerPixel + ResetBytes];

        public void SetPixel(int x, int y, Color c)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x + y, count);
            var at = x * BytesPerPixel;
            foreach (var channel in (ReadOnlySpan<byte>)[c.G, c.R, c.B])
            {
                var bits = 0;
                for (var bit = 7; bit >= 0; bit--) bits = bits << 3 | 0b100 | (channel >> bit & 1) << 1;
                Data[at++] = (byte)(bits >> 16);
                Data[at++] = (byte)(bits >> 8);
                Data[at++] = (byte)bits;
            }
        }

        public void Clear(Color color = default)
        {
            for (var x = 0; x < count; x++) SetPixel(x, 0, color);
        }
    }
}
