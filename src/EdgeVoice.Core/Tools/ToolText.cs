using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary>Texts for the model: JSON with as few escapes as there can be, since each of them is tokens.</summary>
public static class ToolText
{
    /// <summary>Longest output in bytes of UTF-8; what is longer is cut.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Cut = " (cut: too long)";
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"error": ...}</c>: what is wrong, and what is allowed.</summary>
    public static string Error(string problem) => Object(json => json.WriteString("error", problem));

    /// <summary>An object whose members <paramref name="write"/> writes.</summary>
    public static string Object(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The text, cut between two characters where it is longer than <see cref="MaxBytes"/>.</summary>
    public static string Bound(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes) return text;
        var room = MaxBytes - Cut.Length;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (room < rune.Utf8SequenceLength) break;
            room -= rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length] + Cut;
    }
}
