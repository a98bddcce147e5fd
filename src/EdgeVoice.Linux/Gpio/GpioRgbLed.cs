using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Linux.Gpio;

/// <summary>The smallest ring: one LED of three colours on three GPIO lines, each on or off.</summary>
/// <remarks>
/// Colours are told apart and pulses blink (see <see cref="OnOffColor"/>); nothing is dimmed. The lines are taken at the first picture,
/// and anew after every failure. <see cref="Show"/> belongs to one thread; disposal when nobody shows any more.
/// </remarks>
public sealed class GpioRgbLed : IPixelRing
{
    private readonly Func<IGpioOutputs> _open;
    private IGpioOutputs? _lines;
    private bool _isDisposed;

    /// <summary>
    /// Takes the chip (name below <c>/dev</c>, or label), the lines of the three colours, and whether the LED's common leg is its anode
    /// (then a lamp is on when its line is low). Opens nothing yet.
    /// </summary>
    public GpioRgbLed(string chip, int red, int green, int blue, bool commonAnode = false)
        : this(() => GpioOutputs.Open(chip, [red, green, blue], commonAnode))
    {
    }

    internal GpioRgbLed(Func<IGpioOutputs> open) => _open = open;

    /// <inheritdoc/>
    public int PixelCount => 1;

    /// <inheritdoc/>
    public void Show(ReadOnlySpan<Rgb> pixels)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, PixelCount);
        _lines ??= _open();
        try
        {
            _lines.Set(OnOffColor.Of(pixels[0]));
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    /// <summary>Gives the lines back; most chips keep what was shown last.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Close();
    }

    private void Close()
    {
        _lines?.Dispose();
        _lines = null;
    }
}
