using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace EdgeVoice.Core.Configuration;

/// <summary>The bytes of a configuration, with places counted as editors count them: lines and characters from 1.</summary>
/// <remarks>One thread; places asked for in ascending order are found in one walk.</remarks>
internal sealed class SourceText(string name, byte[] bytes, bool hasLines = true)
{
    private int _knownOffset;
    private int _knownLine = 1;

    /// <summary>The file as it was named, or the environment variable.</summary>
    public string Name { get; } = ValueText.Escape(name);

    /// <summary>Whether it is a file; an environment variable has no lines, and is told after the file.</summary>
    public bool HasLines { get; } = hasLines;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>FILE:LINE:COLUMN of a byte.</summary>
    public string At(long offset)
    {
        if (!HasLines)
            return Name;
        var end = (int)Math.Clamp(offset, 0, bytes.Length);
        if (end < _knownOffset)
            (_knownOffset, _knownLine) = (0, 1);
        _knownLine += Bytes[_knownOffset..end].Count((byte)'\n');
        _knownOffset = end;
        var before = Bytes[..end];
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{Name}:{_knownLine}:{column}");
    }

    /// <summary>The byte at a line and a byte in it, both counted from 0.</summary>
    public long Offset(long line, long byteInLine)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            var end = Bytes[start..].IndexOf((byte)'\n');
            if (end < 0)
                break;
            start += end + 1;
        }

        return Math.Min(start + byteInLine, bytes.Length);
    }

    /// <summary>Why these bytes are not UTF-8 text without a byte order mark, or null where they are.</summary>
    public string? EncodingProblem()
    {
        if (Bytes.StartsWith(Encoding.UTF8.Preamble))
            return $"{At(0)}: starts with a byte order mark; save it as UTF-8 without one";
        if (Bytes.StartsWith(Encoding.Unicode.Preamble) || Bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return $"{At(0)}: is UTF-16; save it as UTF-8 without a byte order mark";
        if (Utf8.IsValid(Bytes))
            return null;
        var offset = 0;
        while (Rune.DecodeFromUtf8(Bytes[offset..], out _, out var used) == System.Buffers.OperationStatus.Done)
            offset += used;
        return $"{At(offset)}: found byte 0x{bytes[offset]:x2}, which is not UTF-8; save the file as UTF-8";
    }
}
