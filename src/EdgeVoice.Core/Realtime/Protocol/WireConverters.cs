using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Reads and writes an <see cref="Optional{T}"/>: null is a value, absence is handled by the property's ShouldSerialize.</summary>
internal sealed class OptionalConverter<T> : JsonConverter<Optional<T>>
{
    public override bool HandleNull => true;

    public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null
            ? new Optional<T>(default)
            : new Optional<T>(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));

    public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options)
    {
        if (value.Value is null)
            writer.WriteNullValue();
        else
            JsonSerializer.Serialize(writer, value.Value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }
}

/// <summary>Reads and writes an enumeration as snake_case words; an unknown word becomes the default value and is counted.</summary>
internal sealed class WordConverter<T>(ProtocolCounters counters) : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly KeyValuePair<string, T>[] Words =
        [.. Enum.GetValues<T>().Select(v => KeyValuePair.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()), v))];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A word was expected.");
        foreach (var (word, value) in Words)
        {
            if (reader.ValueTextEquals(word) && !value.Equals(default(T)))
                return value;
        }

        counters.CountUnknownEnumValue();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        foreach (var (word, known) in Words)
        {
            if (known.Equals(value))
                writer.WriteStringValue(word);
        }
    }
}

/// <summary>Reads whole numbers, also where a server writes them as 1000.0 or (rounded down) 1000.5; null is 0.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override bool HandleNull => true;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return 0;
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException("A number was expected.");
        if (reader.TryGetInt32(out var value))
            return value;
        if (reader.TryGetDouble(out var real) && real is >= int.MinValue and <= int.MaxValue)
            return (int)Math.Floor(real);
        throw new JsonException("The number is too large.");
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads null as an empty string: for texts that are never null in this program.</summary>
internal sealed class NeverNullStringConverter : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => "",
            JsonTokenType.String => reader.GetString()!,
            _ => throw new JsonException("A text was expected."),
        };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads a limit of tokens: a number or the word "inf".</summary>
internal sealed class TokenLimitConverter : JsonConverter<TokenLimit>
{
    public override TokenLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return TokenLimit.Infinite;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count))
            return new TokenLimit(count);
        throw new JsonException("A number or \"inf\" was expected.");
    }

    public override void Write(Utf8JsonWriter writer, TokenLimit value, JsonSerializerOptions options)
    {
        if (value.Count is { } count)
            writer.WriteNumberValue(count);
        else
            writer.WriteStringValue("inf");
    }
}

/// <summary>Reads an audio format: an object, or one of the older names.</summary>
internal sealed class AudioFormatConverter(ProtocolCounters counters) : JsonConverter<AudioFormat>
{
    public override AudioFormat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? name = null;
        int? rate = null;
        if (reader.TokenType == JsonTokenType.String)
            name = reader.GetString();
        else if (reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, ref name, ref rate);
        else
            throw new JsonException("An audio format was expected.");
        var known = AudioFormat.FromName(name ?? "audio/pcm");
        if (known is null)
            counters.CountUnknownEnumValue();
        return rate is null && known is not null
            ? known
            : new AudioFormat(known?.Type ?? name!, rate ?? AudioFormat.Pcm16.Rate);
    }

    public override void Write(Utf8JsonWriter writer, AudioFormat value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type", value.Type);
        if (value.Rate != AudioFormat.Pcmu.Rate || value.IsPcm)
            writer.WriteNumber("rate", value.Rate);
        writer.WriteEndObject();
    }

    private void ReadObject(ref Utf8JsonReader reader, ref string? name, ref int? rate)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type") && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                name = reader.GetString();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("rate") && reader.Read()
                && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) && value > 0)
            {
                rate = value;
            }
            else if (reader.TokenType != JsonTokenType.PropertyName)
            {
                throw new JsonException("An audio format's type is a text and its rate a positive whole number.");
            }
            else
            {
                counters.CountUnknownFields(1);
                reader.Skip();
            }
        }
    }
}
