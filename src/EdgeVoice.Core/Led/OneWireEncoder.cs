using System.Buffers.Binary;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>
/// WS2812B and SK6812 over the data wire of an SPI bus: one SPI byte for each bit. A byte begins high and ends low, so a controller
/// that pauses between bytes only lengthens the low time, which these chips forgive up to their reset.
/// </summary>
/// <remarks>
/// At 6.25 MHz, which every Pi divides exactly from its core clock (200, 250, 400 or 500 MHz), an SPI bit is 160 ns: a zero is high for
/// 320 ns and low for 960, inside the datasheets of WS2812B (250 to 550, 700 to 1,000; V5: 220 to 380, 580 to 1,000) and SK6812 (150 to
/// 450, 750 to 1,050); for a one see <see cref="OneWireChip"/>. The line is low for 287 microseconds before and after (asked for:
/// WS2812B V5 280, older ones 50, SK6812 80): before, since some controllers idle high. Threads: as <see cref="PixelEncoder"/>.
/// </remarks>
public sealed class OneWireEncoder : PixelEncoder
{
    /// <summary>Bit clock in hertz.</summary>
    public const int Clock = 6_250_000;

    /// <summary>Low bytes before and after the pixels: 287 microseconds.</summary>
    public const int ResetBytes = 224;

    /// <summary>Fewer pixels are filled up with dark ones: what lies behind the ring's end stays dark, and no transfer is a tiny one.</summary>
    public const int LeastPixels = 8;

    private const byte Zero = 0b1100_0000;
    private const byte OneOfWs2812 = 0b1111_1000;
    private const byte OneOfSk6812 = 0b1111_0000;
    private readonly ChannelOrder _order;
    private readonly ulong[] _bits;
    private readonly byte[] _frame;

    /// <summary>Takes the pixels' kind, how many there are (1 to 64), and their order.</summary>
    public OneWireEncoder(OneWireChip chip, int pixels, ChannelOrder order)
        : base(pixels, Clock)
    {
        _order = order;
        _bits = MakeBits(chip == OneWireChip.Ws2812 ? OneOfWs2812 : OneOfSk6812);
        _frame = new byte[2 * ResetBytes + Math.Max(pixels, LeastPixels) * order.Count * sizeof(ulong)];
        _frame.AsSpan(ResetBytes, _frame.Length - 2 * ResetBytes).Fill(Zero);
    }

    /// <inheritdoc/>
    public override int Length => _frame.Length;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Write(ReadOnlySpan<Rgb> pixels)
    {
        Span<byte> channels = stackalloc byte[_order.Count];
        var rest = _frame.AsSpan(ResetBytes);
        foreach (var pixel in pixels)
        {
            _order.Write(pixel, channels);
            foreach (var channel in channels)
            {
                BinaryPrimitives.WriteUInt64BigEndian(rest, _bits[channel]);
                rest = rest[sizeof(ulong)..];
            }
        }

        return _frame;
    }

    private static ulong[] MakeBits(byte one)
    {
        var bits = new ulong[256];
        for (var value = 0; value < bits.Length; value++)
            for (var bit = 7; bit >= 0; bit--)
                bits[value] = bits[value] << 8 | ((value >> bit & 1) == 1 ? one : Zero);
        return bits;
    }
}
