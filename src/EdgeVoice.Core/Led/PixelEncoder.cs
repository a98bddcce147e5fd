using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>Turns a picture into the bytes that one SPI transfer sends (mode 0, most significant bit first).</summary>
/// <remarks>One thread. No allocation but in the constructor: every picture is written into the same bytes.</remarks>
public abstract class PixelEncoder
{
    /// <summary>Takes the number of pixels, 1 to 64, and the bit clock in hertz.</summary>
    protected PixelEncoder(int pixels, int clockHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, 64);
        PixelCount = pixels;
        ClockHz = clockHz;
    }

    /// <summary>Pixels of the ring, 1 to 64.</summary>
    public int PixelCount { get; }

    /// <summary>Bit clock of the bus in hertz.</summary>
    public int ClockHz { get; }

    /// <summary>Bytes of every transfer.</summary>
    public abstract int Length { get; }

    /// <summary>The bytes for a picture of <see cref="PixelCount"/> pixels; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<Rgb> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PixelCount);
        return Write(pixels);
    }

    /// <summary>As <see cref="Encode"/>, the count being right.</summary>
    protected abstract ReadOnlySpan<byte> Write(ReadOnlySpan<Rgb> pixels);
}
