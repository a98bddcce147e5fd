using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Linux.Spi;

/// <summary>A ring of pixels on an SPI bus. The bus is opened at the first picture, and anew after every failure.</summary>
/// <remarks>
/// <see cref="Show"/> belongs to one thread, blocks for as long as the bus needs (12 pixels: about a millisecond) and allocates nothing
/// once the bus is open. Disposal when nobody shows any more.
/// </remarks>
public sealed class SpiPixelRing : IPixelRing
{
    private readonly PixelEncoder _encoder;
    private readonly Func<ISpiBus> _open;
    private ISpiBus? _bus;
    private bool _isDisposed;

    /// <summary>Takes the path of the device, such as <c>/dev/spidev0.0</c>, and what turns pictures into bytes; opens nothing yet.</summary>
    public SpiPixelRing(string path, PixelEncoder encoder)
        : this(encoder, () => SpiDevice.Open(path, encoder.ClockHz, encoder.Length))
    {
    }

    internal SpiPixelRing(PixelEncoder encoder, Func<ISpiBus> open) => (_encoder, _open) = (encoder, open);

    /// <inheritdoc/>
    public int PixelCount => _encoder.PixelCount;

    /// <inheritdoc/>
    public void Show(ReadOnlySpan<Rgb> pixels)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _bus ??= _open();
        try
        {
            _bus.Send(_encoder.Encode(pixels));
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    /// <summary>Closes the bus; the ring keeps its last picture.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Close();
    }

    private void Close()
    {
        _bus?.Dispose();
        _bus = null;
    }
}
