using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>APA102 and SK9822 over SPI with data and clock: 32 zero bits, four bytes a pixel, and an end that carries the last ones on.</summary>
/// <remarks>
/// The chips' own brightness of 31 steps stays at its highest: an APA102 makes it with a slow second pulse (about 580 Hz) that flickers
/// in the corner of the eye. The end is zeros, which light nothing on a longer strip: 32 bits that an SK9822 needs to show a picture
/// at once, and half a clock for each pixel, by which the clock lags at the ring's end. Threads: as <see cref="PixelEncoder"/>.
/// </remarks>
public sealed class Apa102Encoder : PixelEncoder
{
    /// <summary>Bit clock in hertz: far below the chips' limit, for the sake of loose wires.</summary>
    public const int Clock = 4_000_000;

    private const int FrameBytes = 4;
    private const byte FullBrightness = 0b111_11111;
    private readonly ChannelOrder _order;
    private readonly byte[] _frame;

    /// <summary>Takes how many pixels there are (1 to 64), and their order (three channels).</summary>
    public Apa102Encoder(int pixels, ChannelOrder order)
        : base(pixels, Clock)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Count, FrameBytes - 1);
        _order = order;
        _frame = new byte[FrameBytes + pixels * FrameBytes + FrameBytes + (pixels + 15) / 16];
    }

    /// <inheritdoc/>
    public override int Length => _frame.Length;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Write(ReadOnlySpan<Rgb> pixels)
    {
        var rest = _frame.AsSpan(FrameBytes);
        foreach (var pixel in pixels)
        {
            rest[0] = FullBrightness;
            _order.Write(pixel, rest[1..]);
            rest = rest[FrameBytes..];
        }

        return _frame;
    }
}
