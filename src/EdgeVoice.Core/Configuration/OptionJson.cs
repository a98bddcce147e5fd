using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeVoice.Core.Configuration;

/// <summary>Options as the configuration file writes them; only for writing, the reader has rules of its own.</summary>
internal static class OptionJson
{
    /// <summary>Camel case, words for enumerations, and bare values where they are allowed.</summary>
    public static readonly JsonSerializerOptions Writing = Create();

    /// <summary>A value as JSON; null where it is not set. In groups what is not set is left out.</summary>
    public static JsonNode? ToNode(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), Writing);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            NewLine = "\n",
            WriteIndented = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters =
            {
                new JsonStringEnumConverter(),
                new BareConverter<GainSetting>(gain => gain.IsAutomatic ? GainSetting.AutomaticWord : gain.Db),
                new BareConverter<AnswerLimit>(limit => limit.Count is { } count ? count : AnswerLimit.InfiniteWord),
                new BareConverter<NumberOrName>(either => either.Name is { } name ? name : either.Number),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    // A value that is a number or a word.
    private sealed class BareConverter<T>(Func<T, JsonNode> toNode) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Options are read by ConfigurationReader.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => toNode(value).WriteTo(writer, options);
    }
}
