using System.Diagnostics.CodeAnalysis;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>In which order a pixel wants its channels: red, green, blue, and on some a white of its own.</summary>
/// <remarks>Immutable; any thread.</remarks>
public sealed class ChannelOrder
{
    private const string Rgb = "RGB";
    private const string Rgbw = "RGBW";
    private readonly int[] _channels;

    private ChannelOrder(int[] channels) => _channels = channels;

    /// <summary>Bytes of one pixel: 3, or 4 with white.</summary>
    public int Count => _channels.Length;

    /// <summary>True where the pixel has a white channel.</summary>
    public bool HasWhite => Count == Rgbw.Length;

    /// <summary>Reads an order such as <c>GRB</c> or <c>GRBW</c>: each letter once, in capitals.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ChannelOrder? order)
    {
        var letters = text.Length == Rgbw.Length ? Rgbw : Rgb;
        var isValid = text.Length == letters.Length && letters.All(text.Contains);
        order = isValid ? new ChannelOrder([.. text.Select(letter => letters.IndexOf(letter))]) : null;
        return isValid;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">It is no order.</exception>
    public static ChannelOrder Parse(string text) =>
        TryParse(text, out var order) ? order : throw new FormatException($"\"{text}\" is no order of channels such as \"GRB\" or \"GRBW\"");

    /// <summary>
    /// Writes one pixel's light into <see cref="Count"/> bytes. A white channel takes what red, green and blue have in common, so the
    /// light stays the same and the current falls.
    /// </summary>
    public void Write(Rgb pixel, Span<byte> bytes)
    {
        var white = HasWhite ? Math.Min(pixel.R, Math.Min(pixel.G, pixel.B)) : (byte)0;
        for (var i = 0; i < _channels.Length; i++)
        {
            bytes[i] = _channels[i] switch
            {
                0 => (byte)(pixel.R - white),
                1 => (byte)(pixel.G - white),
                2 => (byte)(pixel.B - white),
                _ => white,
            };
        }
    }
}
