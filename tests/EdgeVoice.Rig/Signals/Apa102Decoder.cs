namespace EdgeVoice.Rig.Signals;

/// <summary>Reads an APA102's data as its pixels do.</summary>
internal static class Apa102Decoder
{
    /// <summary>Blue, green and red of each pixel, in the order of the wire; the start and an end long enough for a ring of either kind are checked.</summary>
    /// <exception cref="InvalidDataException">It is not as the datasheets ask for.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> sent, int pixels)
    {
        Expect(sent.Length > 4 && !sent[..4].ContainsAnyExcept((byte)0), "there is no start of 32 zero bits");
        var colors = new byte[3 * pixels];
        for (var i = 0; i < pixels; i++)
        {
            var pixel = sent.Slice(4 + 4 * i, 4);
            Expect(pixel[0] == 0xFF, $"pixel {i} begins with {pixel[0]:X2}: three ones and the full brightness of 31 are meant");
            pixel[1..].CopyTo(colors.AsSpan(3 * i));
        }

        var end = sent[(4 + 4 * pixels)..];
        // Zeros are no pixel, wherever the ring ends; an SK9822 shows a picture after 32 of them, and each pixel delays by half a clock.
        Expect(!end.ContainsAnyExcept((byte)0), "the end is not all zeros");
        Expect(end.Length * 8 >= 32 + (pixels + 1) / 2, $"an end of {end.Length} bytes does not carry {pixels} pixels on");
        return colors;
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidDataException(otherwise);
    }
}
