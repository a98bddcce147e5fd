using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>
/// What a JSON value of a client event may look like. Stricter than the published schema, whose objects are open:
/// a field nobody knows is refused, as the real server does.
/// </summary>
internal abstract class Shape
{
    internal static readonly Shape Anything = new Rule((_, _) => null);
    internal static readonly Shape Open = new Rule((node, path) => node is JsonObject ? null : WireError.Kind(path, "an object", Name(node)));
    internal static readonly Shape Flag = new Rule((node, path) => Kind(node) is JsonValueKind.True or JsonValueKind.False
        ? null : WireError.Kind(path, "a boolean", Name(node)));

    /// <summary>Null when the value fits, else the error to send.</summary>
    internal abstract WireError? Check(JsonNode? node, string path);

    internal static Shape Text(int max = int.MaxValue) => new Rule((node, path) =>
    {
        if (Kind(node) != JsonValueKind.String)
            return WireError.Kind(path, "a string", Name(node));
        return node!.GetValue<string>().Length <= max ? null : WireError.Value($"Invalid '{path}': string too long. Expected at most {max} characters.", path);
    });

    internal static Shape OneOf(params string[] values) => new Rule((node, path) =>
    {
        if (Kind(node) != JsonValueKind.String)
            return WireError.Kind(path, $"one of {Quote(values)}", Name(node));
        var value = node!.GetValue<string>();
        return values.Contains(value) ? null : WireError.Value($"Invalid value: '{value}'. Supported values are: {Quote(values)}.", path);
    });

    internal static Shape Number(double min, double max) => new Rule((node, path) =>
    {
        if (Kind(node) != JsonValueKind.Number)
            return WireError.Kind(path, "a number", Name(node));
        var value = node!.GetValue<JsonElement>().GetDouble();
        return value >= min && value <= max ? null : WireError.Value(FormattableString.Invariant($"Invalid '{path}': expected a value from {min} to {max}."), path);
    });

    internal static Shape Whole(long min, long max) => new Rule((node, path) =>
    {
        if (Kind(node) != JsonValueKind.Number)
            return WireError.Kind(path, "an integer", Name(node));
        if (!node!.GetValue<JsonElement>().TryGetInt64(out var value))
            return WireError.Kind(path, "an integer", "a decimal number");
        return value >= min && value <= max ? null : WireError.Value($"Invalid '{path}': expected a value from {min} to {max}.", path);
    });

    internal static Shape Maybe(Shape inner) => new Rule((node, path) => node is null ? null : inner.Check(node, path));

    internal static Shape List(Shape item, int max = 10_000) => new Rule((node, path) =>
    {
        if (node is not JsonArray array)
            return WireError.Kind(path, "an array", Name(node));
        if (array.Count > max)
            return WireError.Value($"Invalid '{path}': expected at most {max} elements.", path);
        for (var i = 0; i < array.Count; i++)
        {
            if (item.Check(array[i], $"{path}[{i}]") is { } error)
                return error;
        }
        return null;
    });

    /// <summary>A string takes one shape, everything else the other (for instance "inf" or a number).</summary>
    internal static Shape TextOr(Shape text, Shape other) => new Rule((node, path) =>
        Kind(node) == JsonValueKind.String ? text.Check(node, path) : other.Check(node, path));

    /// <summary>An array takes one shape, everything else the other.</summary>
    internal static Shape ListOr(Shape list, Shape other) => new Rule((node, path) => (node is JsonArray ? list : other).Check(node, path));

    /// <summary>An object with any names whose values are all of one shape.</summary>
    internal static Shape MapOf(Shape value) => new Rule((node, path) =>
    {
        if (node is not JsonObject obj)
            return WireError.Kind(path, "an object", Name(node));
        foreach (var (name, item) in obj)
        {
            if (value.Check(item, Join(path, name)) is { } error)
                return error;
        }
        return null;
    });

    /// <summary>An object told apart by one of its own fields.</summary>
    internal static Shape By(string field, params (string Value, Shape Shape)[] cases) => new Rule((node, path) =>
    {
        if (node is not JsonObject obj)
            return WireError.Kind(path, "an object", Name(node));
        if (!obj.ContainsKey(field))
            return WireError.Missing(Join(path, field));
        var known = OneOf([.. cases.Select(c => c.Value)]).Check(obj[field], Join(path, field));
        return known ?? Array.Find(cases, c => c.Value == obj[field]!.GetValue<string>()).Shape.Check(node, path);
    });

    /// <summary>An object with these fields and no others; a name that ends in <c>*</c> is required.</summary>
    internal static Shape Object(params (string Name, Shape Shape)[] fields) => new Fields(fields);

    internal static string Join(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";

    private static JsonValueKind Kind(JsonNode? node) => node?.GetValueKind() ?? JsonValueKind.Null;

    private static string Quote(string[] values) => string.Join(", ", values.Select(value => $"'{value}'"));

    private static string Name(JsonNode? node) => Kind(node) switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    private sealed class Rule(Func<JsonNode?, string, WireError?> check) : Shape
    {
        internal override WireError? Check(JsonNode? node, string path) => check(node, path);
    }

    private sealed class Fields((string Name, Shape Shape)[] fields) : Shape
    {
        private readonly Dictionary<string, Shape> _known = fields.ToDictionary(f => f.Name.TrimEnd('*'), f => f.Shape);
        private readonly string[] _required = [.. fields.Where(f => f.Name.EndsWith('*')).Select(f => f.Name.TrimEnd('*'))];

        internal override WireError? Check(JsonNode? node, string path)
        {
            if (node is not JsonObject obj)
                return WireError.Kind(path, "an object", Name(node));
            foreach (var name in _required)
            {
                if (!obj.ContainsKey(name))
                    return WireError.Missing(Join(path, name));
            }
            foreach (var (name, value) in obj)
            {
                if (!_known.TryGetValue(name, out var shape))
                    return WireError.Unknown(Join(path, name));
                if (shape.Check(value, Join(path, name)) is { } error)
                    return error;
            }
            return null;
        }
    }
}
