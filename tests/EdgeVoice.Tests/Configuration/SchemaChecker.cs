using System.Text.Json;

namespace EdgeVoice.Tests.Configuration;

/// <summary>As much of JSON Schema as our own uses; a keyword that it does not know is an exception.</summary>
internal static class SchemaChecker
{
    private static readonly string[] Remarks = ["$schema", "$defs", "title", "description", "default", "properties", "required"];

    public static IEnumerable<string> Problems(JsonElement root, JsonElement schema, JsonElement value, string path) =>
        schema.EnumerateObject().SelectMany(keyword => Problems(root, schema, keyword, value, path));

    private static IEnumerable<string> Problems(JsonElement root, JsonElement schema, JsonProperty keyword, JsonElement value, string path)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => Problems(root, Resolve(root, rule.GetString()!), value, path),
            "type" => One(IsType(rule, value), path, "type"),
            "const" => One(JsonElement.DeepEquals(rule, value), path, "const"),
            "enum" => One(rule.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)), path, "enum"),
            "minimum" => One(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(), path, "minimum"),
            "maximum" => One(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(), path, "maximum"),
            "anyOf" => One(rule.EnumerateArray().Any(form => !Problems(root, form, value, path).Any()), path, "anyOf"),
            "items" => value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().Index().SelectMany(item => Problems(root, rule, item.Item, $"{path}[{item.Index}]")) : [],
            "additionalProperties" => Keys(root, schema, rule, value, path),
            _ => Remarks.Contains(keyword.Name) ? Required(keyword, value, path) : throw new NotSupportedException(keyword.Name),
        };
    }

    private static IEnumerable<string> Keys(JsonElement root, JsonElement schema, JsonElement others, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return [];
        return value.EnumerateObject().SelectMany(key =>
            schema.TryGetProperty("properties", out var known) && known.TryGetProperty(key.Name, out var one) ? Problems(root, one, key.Value, $"{path}.{key.Name}")
            : others.ValueKind == JsonValueKind.False ? [$"{path}.{key.Name}: unknown"]
            : Problems(root, others, key.Value, $"{path}.{key.Name}"));
    }

    private static IEnumerable<string> Required(JsonProperty keyword, JsonElement value, string path) =>
        keyword.Name != "required" ? []
        : keyword.Value.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}: {name} is missing");

    private static string[] One(bool holds, string path, string rule) => holds ? [] : [$"{path}: {rule}"];

    private static bool IsType(JsonElement rule, JsonElement value) => rule.ValueKind == JsonValueKind.Array
        ? rule.EnumerateArray().Any(type => IsType(type, value))
        : rule.GetString() switch
        {
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            var type => value.ValueKind.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
        };

    private static JsonElement Resolve(JsonElement root, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(root, (at, step) => at.GetProperty(step));
}
