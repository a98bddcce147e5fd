using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Says what to do about a key that nobody knows.</summary>
internal static class UnknownKey
{
    /// <summary>What is wrong with a key that was there before.</summary>
    public const string Twice = "found a second time in the same object; keep one of the two";

    // Two letters wrong is a slip; more is another key.
    private const int MaxSlips = 2;

    /// <summary>Reports the key the reader stands on and walks over its value.</summary>
    public static void Reject(
        ref Utf8JsonReader reader, ConfigurationErrors errors, SourceText source, string path, Type record, bool mayHaveGroup)
    {
        if (JsonText.Read(ref reader) is not { } name)
        {
            RejectHalf(ref reader, errors, source, path);
            return;
        }

        IEnumerable<string> known = OptionShape.Keys(record).Keys;
        Reject(ref reader, errors, source, path, name, mayHaveGroup ? known.Append(ConfigurationFile.GroupKey) : known);
    }

    /// <summary>As the other, for keys that are no options.</summary>
    public static void Reject(
        ref Utf8JsonReader reader, ConfigurationErrors errors, SourceText source, string path, string name, IEnumerable<string> known)
    {
        var place = reader.TokenStartIndex;
        reader.Read();
        if (errors.HasRoom)
            errors.Add(source, place, OptionPath.Child(path, name), Problem(ref reader, name, known));
        else
            errors.CountUnshown();
        reader.Skip();
    }

    /// <summary>Reports a key that is no valid text and walks over its value.</summary>
    public static void RejectHalf(ref Utf8JsonReader reader, ConfigurationErrors errors, SourceText source, string path)
    {
        errors.Add(source, reader.TokenStartIndex, $"{path}[?]", "found a key with half a character in it (\\ud800 to \\udfff); remove it");
        reader.Read();
        reader.Skip();
    }

    private static string Problem(ref Utf8JsonReader reader, string name, IEnumerable<string> known)
    {
        if (reader.TokenType == JsonTokenType.String && JsonText.Read(ref reader) is { } text && SecretShape.IsKeyNotName(text))
            return $"unknown key with a secret in it (not shown): {SecretShape.Remedy}";
        if (known == ConfigurationFile.Keys && OptionShape.Keys(typeof(EdgeVoiceOptions)).ContainsKey(name))
            return "unknown key; options belong into \"defaults\", a group or a device";
        var nearest = NearestName.Of(name, known);
        var distance = NearestName.Distance(name, nearest);
        if (distance == 0)
            return $"unknown key; write it \"{nearest}\": small and capital letters count";
        return distance > MaxSlips && OptionTree.PlaceOf(name) is { } path
            ? $"unknown key; this one belongs at \"{path}\""
            : $"unknown key; the nearest known key is \"{nearest}\"";
    }
}
