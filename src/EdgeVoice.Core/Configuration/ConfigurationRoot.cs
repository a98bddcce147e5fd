using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>The outermost object of a configuration file.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class ConfigurationRoot(ConfigurationErrors errors, OptionBinder binder)
{
    /// <summary>JSON path of what is bound.</summary>
    public const string DefaultsPath = "$.defaults";

    private const int Version = 1;
    private static readonly string[] Keys = ["$schema", "version", "defaults", "groups", "devices"];
    private readonly HashSet<string> _seen = [];

    /// <summary>What <c>defaults</c> says, over the shipped defaults.</summary>
    public EdgeVoiceOptions Options { get; private set; } = new();

    /// <summary>Layers that are in the file and not read, in quotes.</summary>
    public List<string> Unread { get; } = [];

    /// <summary>Walks the whole file.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RejectKind(ref reader, "$", "an object: { \"version\": 1, \"defaults\": { ... } }");
            reader.Skip();
        }
        else
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                ReadKey(ref reader);
            if (!_seen.Contains("version"))
                errors.Add(start, "$.version", $"found nothing; allowed: {Version}");
        }

        // Nothing but comments may follow; the reader says so itself.
        while (reader.Read())
            reader.Skip();
    }

    private void ReadKey(ref Utf8JsonReader reader)
    {
        var place = reader.TokenStartIndex;
        var name = OptionBinder.ReadText(ref reader);
        if (name is null || !Keys.Contains(name))
        {
            binder.RejectUnknown(ref reader, place, "$", name, Keys);
        }
        else if (!_seen.Add(name))
        {
            binder.RejectDuplicate(ref reader, place, $"$.{name}");
        }
        else
        {
            reader.Read();
            ReadValue(ref reader, name);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, string name)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (name == "$schema" && reader.TokenType != JsonTokenType.String)
            RejectKind(ref reader, "$.$schema", "text in quotes");
        else if (name == "version" && !IsVersion(ref reader))
            RejectKind(ref reader, "$.version", $"{Version}");
        else if (name is "defaults" or "groups" or "devices" && !isObject)
            RejectKind(ref reader, $"$.{name}", "an object: { ... }");
        else if (name == "defaults")
            Options = (EdgeVoiceOptions)binder.BindObject(ref reader, typeof(EdgeVoiceOptions), DefaultsPath);
        else if (isObject)
            Unread.Add($"\"{name}\"");
        reader.Skip();
    }

    private static bool IsVersion(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == Version;

    private void RejectKind(ref Utf8JsonReader reader, string path, string allowed)
    {
        var text = reader.TokenType == JsonTokenType.String ? OptionBinder.ReadText(ref reader) : null;
        errors.Add(reader.TokenStartIndex, path, $"found {OptionValue.Found(ref reader, text)}; allowed: {allowed}");
    }
}
