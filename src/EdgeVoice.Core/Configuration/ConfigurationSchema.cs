using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace EdgeVoice.Core.Configuration;

/// <summary>The JSON Schema (2020-12) of the configuration file, made of the options' attributes: editors complete and check by it.</summary>
/// <remarks>Pure: any thread may call it.</remarks>
public static class ConfigurationSchema
{
    /// <summary>The schema as text, indented, with a line break at its end.</summary>
    public static string ToJson() => Root().ToJsonString(OptionJson.Writing) + "\n";

    /// <summary>The schema.</summary>
    internal static JsonObject Root()
    {
        var options = Export(typeof(EdgeVoiceOptions));
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "EdgeVoice configuration",
            ["description"] = "One file for one device or for many. Later wins: shipped defaults, defaults, the group, the device, environment.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["description"] = "Where this schema is.", ["type"] = "string" },
                ["version"] = new JsonObject { ["description"] = "Version of this format; required.", ["const"] = 1 },
                ["defaults"] = Layer("What holds for every device."),
                ["groups"] = Named("What holds for the devices of a group, by the group's name.", Layer(null)),
                ["devices"] = Named("What holds for one device, by its id, or for those whose ids fit a pattern with * and ?.", Device(options)),
            },
            ["required"] = new JsonArray("version"),
            ["additionalProperties"] = false,
            ["$defs"] = new JsonObject { ["options"] = options },
        };
    }

    private static JsonObject Export(Type type) => (JsonObject)OptionJson.Writing.GetJsonSchemaAsNode(
        type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });

    private static JsonObject Layer(string? description)
    {
        var layer = new JsonObject();
        if (description is not null) layer["description"] = description;
        layer["$ref"] = "#/$defs/options";
        return layer;
    }

    private static JsonObject Named(string description, JsonObject layer) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = layer,
    };

    private static JsonObject Device(JsonObject options)
    {
        var keys = new JsonObject
        {
            [ConfigurationFile.GroupKey] = new JsonObject
            {
                ["description"] = "Name of the group that the device is in.",
                ["type"] = new JsonArray("string", "null"),
            },
        };
        foreach (var (name, _) in (JsonObject)options["properties"]!)
            keys[name] = new JsonObject { ["$ref"] = $"#/$defs/options/properties/{name}" };
        return new JsonObject { ["type"] = "object", ["properties"] = keys, ["additionalProperties"] = false };
    }

    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var about = (OptionAttribute?)context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(OptionAttribute), inherit: false).FirstOrDefault();
        // The exporter points from a type's second place to its first, by a path that is another one in the whole schema.
        if (node is JsonObject reference && reference.ContainsKey("$ref"))
            node = Export(type);
        var schema = SchemaValue.Of(type, node as JsonObject, about);
        if (about is null)
            return schema;
        var described = new JsonObject { ["description"] = about.Unit is null ? about.Summary : $"{about.Summary} Unit: {about.Unit}." };
        if (Default(context) is { } value)
            described["default"] = value;
        foreach (var (name, child) in SchemaValue.OrNull(schema))
            described[name] = child?.DeepClone();
        return described;
    }

    // Groups have none of their own: what is in them has.
    private static JsonNode? Default(JsonSchemaExporterContext context)
    {
        var property = context.PropertyInfo!;
        var value = property.Get!(Activator.CreateInstance(property.DeclaringType)!);
        return value is not null && OptionShape.IsGroup(value.GetType()) && !OptionShape.IsAlternatives(value.GetType()) ? null : OptionJson.ToNode(value);
    }
}
