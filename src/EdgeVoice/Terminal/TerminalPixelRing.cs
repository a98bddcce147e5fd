using EdgeVoice.Core.Devices;

namespace EdgeVoice.Terminal;

/// <summary>The lights as a display draws them: keeps the last picture for whoever draws next.</summary>
/// <remarks>Any thread. After disposal pictures are ignored.</remarks>
public sealed class TerminalPixelRing : IPixelRing
{
    private readonly Lock _gate = new();
    private readonly Rgb[] _pixels;
    private int _version;
    private bool _isDisposed;

    /// <summary>A dark ring of <paramref name="count"/> pixels (1 to 64; default 12).</summary>
    public TerminalPixelRing(int count = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 64);
        _pixels = new Rgb[count];
    }

    /// <inheritdoc/>
    public int PixelCount => _pixels.Length;

    /// <summary>Counts the pictures.</summary>
    internal int Version => Volatile.Read(ref _version);

    /// <inheritdoc/>
    public void Show(ReadOnlySpan<Rgb> pixels)
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            pixels[.._pixels.Length].CopyTo(_pixels);
            _version++;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
    }

    /// <summary>The last picture.</summary>
    internal Rgb[] Copy()
    {
        lock (_gate) return [.. _pixels];
    }
}
