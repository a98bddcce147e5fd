using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Writes records with the generated metadata.</summary>
internal static class WireWriter
{
    private static readonly JsonSerializerOptions Options = ProtocolJson.CreateOptions(new ProtocolCounters());

    /// <summary>Base64 and other languages stay readable: this is no HTML.</summary>
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one record as one JSON object in UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, WireRecord record)
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        JsonSerializer.Serialize(writer, record, Options.GetTypeInfo(record.GetType()));
    }
}
