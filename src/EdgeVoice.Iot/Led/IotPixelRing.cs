using System.Device.Spi;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Led;

/// <summary>
/// A ring of pixels through Iot.Device.Bindings. Gamma, brightness and current limit have been applied by the renderer; the package gets
/// the light of each channel as it is. The bus is opened at the first picture, and anew after every failure.
/// </summary>
/// <remarks>As <see cref="IPixelRing"/>: one thread shows, disposal when nobody shows any more.</remarks>
public abstract class IotPixelRing : IPixelRing
{
    private readonly string _path;
    private readonly Func<SpiDevice> _open;
    private SpiDevice? _bus;
    private bool _isDisposed;

    /// <summary>Takes a path such as <c>/dev/spidev0.0</c>, the bit clock in hertz and the number of pixels, 1 to 64; opens nothing yet.</summary>
    /// <exception cref="ArgumentException">The path is no such path.</exception>
    private protected IotPixelRing(string path, int clockHz, int pixels)
    {
        if (!SpiDevicePath.TryParse(path, out var bus, out var select)) throw new ArgumentException($"\"{path}\" is no path such as /dev/spidev0.0", nameof(path));
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, 64);
        PixelCount = pixels;
        _path = path;
        _open = () => SpiDevice.Create(new SpiConnectionSettings(bus, select) { ClockFrequency = clockHz, Mode = SpiMode.Mode0, DataBitLength = 8 });
    }

    /// <inheritdoc/>
    public int PixelCount { get; }

    /// <inheritdoc/>
    public void Show(ReadOnlySpan<Rgb> pixels)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PixelCount);
        try
        {
            if (_bus is null) Begin(_bus = _open());
            Send(pixels);
        }
        catch (Exception e)
        {
            Close();
            throw new IOException($"{_path}: {OneLine.Of(e.Message)}; check that SPI is on and the wiring, or set led.backend to \"kernel\"", e);
        }
    }

    /// <summary>Closes the bus; the ring keeps its last picture.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the package's object over a bus that was just opened.</summary>
    private protected abstract void Begin(SpiDevice bus);

    /// <summary>Sends one picture.</summary>
    private protected abstract void Send(ReadOnlySpan<Rgb> pixels);

    private void Close()
    {
        _bus?.Dispose();
        _bus = null;
    }
}
