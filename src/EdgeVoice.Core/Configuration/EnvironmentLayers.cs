using System.Text;
using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>The last layer: environment variables such as <c>EDGEVOICE__REALTIME__MODEL</c>, each one option.</summary>
/// <remarks>Pure: any thread may call it.</remarks>
internal static class EnvironmentLayers
{
    /// <summary>What the names of such variables begin with.</summary>
    public const string Prefix = "EDGEVOICE__";

    private const string Separator = "__";

    /// <summary>
    /// The variables that set an option, as layers, groups before what is in them; what is wrong goes to <paramref name="errors"/>. An empty
    /// variable counts as not set.
    /// </summary>
    public static List<Layer> Read(IReadOnlyDictionary<string, string> environment, ConfigurationErrors errors)
    {
        var layers = new List<Layer>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var variables = environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && variable.Value.Length > 0)
            .Select(variable => (Name: variable.Key, variable.Value, Steps: variable.Key[Prefix.Length..].Split(Separator)))
            .OrderBy(variable => variable.Steps.Length).ThenBy(variable => variable.Name, StringComparer.Ordinal);
        foreach (var (name, value, steps) in variables)
        {
            if (Find(steps, out var problem) is not { } keys)
                errors.Add(Source(name, []), 0, string.Empty, problem);
            else if (!seen.Add(string.Join('.', keys.Select(key => key.Name))))
                errors.Add(Source(name, []), 0, string.Empty, "sets what another variable sets, whose name differs in case; keep one of the two");
            else if (ToLayer(name, keys, value.Trim(), errors) is { } layer)
                layers.Add(layer);
        }

        return layers;
    }

    private static SourceText Source(string name, byte[] bytes) => new($"environment {name}", bytes, hasLines: false);

    // The keys on the way to an option, or null with the nearest variable that there is.
    private static List<OptionKey>? Find(string[] steps, out string problem)
    {
        var keys = new List<OptionKey>();
        var record = typeof(EdgeVoiceOptions);
        problem = string.Empty;
        foreach (var step in steps)
        {
            var known = OptionShape.IsGroup(record) ? OptionShape.Keys(record) : [];
            var written = string.Join(Separator, keys.Select(Variable).Prepend(Prefix.TrimEnd('_')));
            if (known.Count == 0)
            {
                problem = $"unknown; set the whole of it with {written}, as JSON";
                return null;
            }

            if (known.Values.FirstOrDefault(key => key.Name.Equals(step, StringComparison.OrdinalIgnoreCase)) is not { } found)
            {
                problem = $"unknown; the nearest known is {written}{Separator}{NearestName.Of(step, known.Keys).ToUpperInvariant()}";
                return null;
            }

            keys.Add(found);
            record = found.Type;
        }

        return keys;
    }

    private static string Variable(OptionKey key) => key.Name.ToUpperInvariant();

    private static Layer? ToLayer(string name, List<OptionKey> keys, string value, ConfigurationErrors errors)
    {
        var last = keys[^1];
        if (last.Type == typeof(bool) && bool.TryParse(value, out var flag)) value = flag ? "true" : "false";
        var opening = string.Concat(keys.Select(key => $"{{\"{key.Name}\":"));
        var json = IsJson(last, value) ? value : $"\"{JsonEncodedText.Encode(value)}\"";
        var source = Source(name, Encoding.UTF8.GetBytes(opening + json + new string('}', keys.Count)));
        try
        {
            var reader = new Utf8JsonReader(source.Bytes, JsonText.Reading);
            reader.Read();
            new LayerChecker(errors, source, string.Empty).CheckObject(ref reader, typeof(EdgeVoiceOptions));
            while (reader.Read()) reader.Skip();
            return new Layer(string.Empty, string.Empty, source, 0, source.Bytes.Length);
        }
        catch (JsonException)
        {
            errors.Add(source, 0, string.Empty, $"is not valid JSON; \"{last.Name}\" is written here as in the file");
            return null;
        }
    }

    // Text stands without quotes; numbers, switches, lists and objects are written as in the file.
    private static bool IsJson(OptionKey key, string value)
    {
        if (key.Type == typeof(string) || key.Type.IsEnum)
            return false;
        if (key.IsList || key.IsMap || key.Type == typeof(JsonElement))
            return true;
        if (key.IsGroup)
            return value[0] is '{' or '[' || OptionShape.ShortForm(key.Type, JsonTokenType.String) is null;
        return key.Type == typeof(bool) ? value is "true" or "false" : JsonText.IsNumber(value);
    }
}
