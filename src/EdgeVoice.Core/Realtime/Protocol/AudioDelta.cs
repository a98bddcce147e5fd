namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>One piece of an answer's sound, pointing into the message it was read from.</summary>
/// <remarks>Valid as long as the message's bytes are.</remarks>
public readonly ref struct AudioDelta
{
    /// <summary>The response's id in UTF-8; empty where the server sent none.</summary>
    public ReadOnlySpan<byte> ResponseId { get; init; }

    /// <summary>The item's id in UTF-8; empty where the server sent none.</summary>
    public ReadOnlySpan<byte> ItemId { get; init; }

    /// <summary>Content part within the item.</summary>
    public int ContentIndex { get; init; }

    /// <summary>Place of the item in the response.</summary>
    public int OutputIndex { get; init; }

    /// <summary>The sound in base64 as it stands in the message.</summary>
    public ReadOnlySpan<byte> Base64 { get; init; }

    /// <summary>True when <see cref="Base64"/> has JSON escapes such as <c>\u002B</c> or <c>\/</c>: see <see cref="Unescape"/>.</summary>
    public bool Base64Escaped { get; init; }

    /// <summary>
    /// Removes JSON escapes. <paramref name="destination"/> needs the length of <paramref name="escaped"/> at most and may
    /// be the same memory. A character that is no ASCII becomes <c>?</c>, which no base64 decoder takes.
    /// </summary>
    /// <returns>Bytes written, or -1 when the escapes are broken or the destination is too small.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        var written = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
                plain = escaped.Length;
            if (plain > destination.Length - written)
                return -1;
            escaped[..plain].CopyTo(destination[written..]);
            written += plain;
            escaped = escaped[plain..];
            if (escaped.IsEmpty)
                break;
            var length = ReadEscape(escaped, out var value);
            if (length == 0 || written == destination.Length)
                return -1;
            destination[written++] = value;
            escaped = escaped[length..];
        }

        return written;
    }

    /// <summary>Reads the escape at the start of <paramref name="text"/>; returns its length, 0 when it is none.</summary>
    private static int ReadEscape(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 2)
            return 0;
        value = text[1] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => text[1],
        };
        if (value is (byte)'"' or (byte)'\\' or (byte)'/' || value != text[1])
            return 2;
        if (value != (byte)'u' || text.Length < 6)
            return 0;
        if (!System.Buffers.Text.Utf8Parser.TryParse(text.Slice(2, 4), out ushort code, out var used, 'x') || used != 4)
            return 0;
        value = code < 0x80 ? (byte)code : (byte)'?';
        return 6;
    }
}
