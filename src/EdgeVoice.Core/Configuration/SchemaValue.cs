using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVoice.Core.Configuration;

/// <summary>JSON Schemas of single values, with what their type alone does not tell: limits, words for numbers, short forms.</summary>
internal static class SchemaValue
{
    /// <summary>The schema of a value of <paramref name="type"/>; <paramref name="exported"/> is what the serializer knows of it, null: nothing.</summary>
    public static JsonObject Of(Type type, JsonObject? exported, OptionAttribute? about)
    {
        if (type == typeof(GainSetting))
            return AnyOf(Number("number", about), Constant(GainSetting.AutomaticWord));
        if (type == typeof(AnswerLimit))
            return AnyOf(Number("integer", about), Constant(AnswerLimit.InfiniteWord));
        if (type == typeof(NumberOrName))
            return AnyOf(Number("integer", about), new JsonObject { ["type"] = "string" });
        if (type == typeof(int) || type == typeof(double))
            return Number(type == typeof(int) ? "integer" : "number", about);
        if (type.IsEnum)
            return new JsonObject { ["enum"] = new JsonArray([.. OptionShape.Choices(type).Keys.Select(word => (JsonNode)word)]) };
        if (exported is null)
            return [];
        var schema = (JsonObject)exported.DeepClone();
        if (schema.ContainsKey("anyOf"))
            return schema;
        if (schema["type"] is JsonArray types)
            schema["type"] = types[0]!.DeepClone();
        return OptionShape.IsGroup(type) ? Group(type, schema) : schema;
    }

    /// <summary>The schema, or null: which takes a value back to its shipped default.</summary>
    public static JsonObject OrNull(JsonObject schema)
    {
        if (schema.Count == 0)
            return schema;
        if (schema["enum"] is JsonArray words)
            words.Add(null);
        else if (schema["anyOf"] is JsonArray forms)
            forms.Add(new JsonObject { ["type"] = "null" });
        else
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return schema;
    }

    private static JsonObject Group(Type type, JsonObject schema)
    {
        var forms = new List<JsonObject>();
        if (OptionShape.ShortForm(type, JsonTokenType.String) is { } text)
            forms.Add(Of(text.Type, new JsonObject { ["type"] = "string" }, null));
        if (OptionShape.ShortForm(type, JsonTokenType.StartArray) is not null)
            forms.Add(new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } });
        return forms.Count == 0 ? schema : AnyOf([.. forms, schema]);
    }

    private static JsonObject Number(string type, OptionAttribute? about)
    {
        var schema = new JsonObject { ["type"] = type };
        if (about is not null && !double.IsNaN(about.Min))
            schema["minimum"] = Limit(about.Min);
        if (about is not null && !double.IsNaN(about.Max))
            schema["maximum"] = Limit(about.Max);
        return schema;
    }

    // 100, not 100.0 or 1E+2.
    private static JsonNode Limit(double value) => JsonNode.Parse(ValueText.Number(value))!;

    private static JsonObject Constant(string word) => new() { ["const"] = word };

    private static JsonObject AnyOf(params JsonNode[] forms) => new() { ["anyOf"] = new JsonArray(forms) };
}
