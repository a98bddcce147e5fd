using System.Text.Json;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Reads audio deltas token by token; the scan of the base64 text is vectorised by the runtime.</summary>
internal static class AudioDeltaParser
{
    /// <summary>Fields that were found.</summary>
    [Flags]
    private enum Fields
    {
        None = 0,
        Type = 1,
        Delta = 2,
    }

    /// <summary>Reads a delta; false for any other message, malformed ones included.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8Json, out AudioDelta delta)
    {
        delta = default;
        try
        {
            return TryParseObject(utf8Json, ref delta);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader reports half a surrogate pair, or bytes that are not UTF-8, in an escaped type.
            delta = default;
            return false;
        }
    }

    private static bool TryParseObject(ReadOnlySpan<byte> utf8Json, ref AudioDelta delta)
    {
        var reader = new Utf8JsonReader(utf8Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        ReadOnlySpan<byte> responseId = default, itemId = default, base64 = default;
        int contentIndex = 0, outputIndex = 0;
        bool escaped = false, ok = true;
        var found = Fields.None;
        while (ok && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (!reader.Read())
                return false;
            if (name.SequenceEqual("type"u8))
            {
                ok = IsAudioDelta(ref reader);
                found |= Fields.Type;
            }
            else if (name.SequenceEqual("delta"u8))
            {
                ok = reader.TokenType == JsonTokenType.String;
                base64 = reader.ValueSpan;
                escaped = reader.ValueIsEscaped;
                found |= Fields.Delta;
            }
            else if (name.SequenceEqual("response_id"u8))
                ok = TryReadId(ref reader, ref responseId);
            else if (name.SequenceEqual("item_id"u8))
                ok = TryReadId(ref reader, ref itemId);
            else if (name.SequenceEqual("content_index"u8))
                ok = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out contentIndex);
            else if (name.SequenceEqual("output_index"u8))
                ok = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out outputIndex);
            else
                reader.Skip();
        }

        // One more read: it throws where something follows the object.
        if (!ok || found != (Fields.Type | Fields.Delta) || reader.Read())
            return false;
        delta = new AudioDelta
        {
            ResponseId = responseId,
            ItemId = itemId,
            ContentIndex = contentIndex,
            OutputIndex = outputIndex,
            Base64 = base64,
            Base64Escaped = escaped,
        };
        return true;
    }

    private static bool IsAudioDelta(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && (reader.ValueTextEquals("response.output_audio.delta"u8) || reader.ValueTextEquals("response.audio.delta"u8));

    /// <summary>Takes an id as it stands; one with escapes is left to the slow path.</summary>
    private static bool TryReadId(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> id)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            return false;
        id = reader.ValueSpan;
        return true;
    }
}
