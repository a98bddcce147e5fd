using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>
/// Reads and writes a family of records told apart by a tag (<c>type</c>, anywhere in the object) or, for some families, by being a
/// bare word. A tag without a record of its own becomes the family's "unknown" record and is counted.
/// </summary>
internal sealed class TaggedConverter<T>(ProtocolCounters counters) : JsonConverter<T>
    where T : WireRecord
{
    /// <summary>Record type by tag.</summary>
    public required IReadOnlyDictionary<string, Type> Known { get; init; }

    /// <summary>Record type of every other tag; null where the family has none and such an object is an error.</summary>
    public Type? Unknown { get; init; }

    /// <summary>Tag taken where the object has none.</summary>
    public string DefaultTag { get; init; } = "";

    /// <summary>Makes the record of a bare word; null where words are an error.</summary>
    public Func<string, T>? FromWord { get; init; }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && FromWord is not null)
            return FromWord(reader.GetString()!);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object was expected.");
        if (!Known.TryGetValue(TagOf(reader) ?? DefaultTag, out var type))
        {
            counters.CountUnknownEnumValue();
            type = Unknown ?? throw new JsonException("The object is of an unknown type.");
        }

        return (T)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(type))!;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (value is IWireWord word)
            writer.WriteStringValue(word.Word);
        else
            JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
    }

    /// <summary>The tag of the object the reader (a copy) stands at; null where there is none.</summary>
    private static string? TagOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTag = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isTag)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("A type is a text.");
            reader.Skip();
        }

        return null;
    }
}
