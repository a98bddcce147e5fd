using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Binds JSON to a record of options in one walk, keeps the place of every value and collects every error.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class OptionBinder(ConfigurationErrors errors)
{
    private readonly Dictionary<string, long> _places = [];

    /// <summary>Binds the object the reader stands on; what is wrong keeps its default.</summary>
    public object BindObject(ref Utf8JsonReader reader, Type record, string path)
    {
        var options = Activator.CreateInstance(record)!;
        _places[path] = reader.TokenStartIndex;
        var keys = OptionShape.Keys(record);
        var seen = new HashSet<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = reader.TokenStartIndex;
            var name = ReadText(ref reader);
            if (name is null || !keys.TryGetValue(name, out var key))
                RejectUnknown(ref reader, place, path, name, keys.Keys);
            else if (!seen.Add(name))
                RejectDuplicate(ref reader, place, $"{path}.{name}");
            else if (BindValue(ref reader, key, $"{path}.{name}", out var value))
                key.Property.SetValue(options, value);
        }

        return options;
    }

    /// <summary>The place of a value, or of the nearest thing above it that is in the file.</summary>
    public long PlaceOf(string path)
    {
        for (; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
        {
            if (_places.TryGetValue(path, out var place))
                return place;
        }

        return 0;
    }

    /// <summary>Reports a key that nobody knows and walks over its value.</summary>
    public void RejectUnknown(ref Utf8JsonReader reader, long place, string path, string? name, IEnumerable<string> known)
    {
        reader.Read();
        if (errors.HasRoom)
            errors.Add(place, name is null ? $"{path}[?]" : Child(path, name), UnknownProblem(ref reader, name, known));
        else
            errors.CountUnshown();
        reader.Skip();
    }

    /// <summary>Reports a key that was there before and walks over its value.</summary>
    public void RejectDuplicate(ref Utf8JsonReader reader, long place, string path)
    {
        errors.Add(place, path, "found a second time in the same object; keep one of the two");
        reader.Read();
        reader.Skip();
    }

    /// <summary>The text of a key or a string, or null where its escapes are not valid text.</summary>
    public static string? ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as \ud800.
            return null;
        }
    }

    private static string Child(string path, string name) =>
        OptionRules.IsName(name, "_$-") && !SecretShape.IsKeyNotName(name) ? $"{path}.{name}" : $"{path}[{ValueText.Quote(name)}]";

    private static string UnknownProblem(ref Utf8JsonReader reader, string? name, IEnumerable<string> known)
    {
        if (name is null)
            return "found a key with half a character in it (\\ud800 to \\udfff); remove it";
        return reader.TokenType == JsonTokenType.String && ReadText(ref reader) is { } text && SecretShape.IsKeyNotName(text)
            ? $"unknown key with a secret in it (not shown): {SecretShape.Remedy}"
            : $"unknown key; the nearest known key is \"{NearestName.Of(name, known)}\"";
    }

    private bool BindValue(ref Utf8JsonReader reader, OptionKey key, string path, out object? value)
    {
        reader.Read();
        _places[path] = reader.TokenStartIndex;
        value = null;
        if (reader.TokenType == JsonTokenType.Null && key.IsNullable)
            return true;
        value = Bind(ref reader, key.Type, path);
        return value is not null;
    }

    // Null: it was wrong, and has been reported. The group is the one that the value stands for, if any.
    private object? Bind(ref Utf8JsonReader reader, Type type, string path, Type? group = null)
    {
        var token = reader.TokenType;
        if (token == JsonTokenType.StartArray && OptionShape.ElementOf(type) is { } element)
            return BindList(ref reader, element, path);
        if (token == JsonTokenType.StartObject && OptionShape.ValueOf(type) is { } inner)
            return BindMap(ref reader, inner, path);
        if (token == JsonTokenType.StartObject && OptionShape.IsGroup(type))
            return BindObject(ref reader, type, path);
        if (OptionShape.ShortForm(type, token) is { } key)
        {
            var options = Activator.CreateInstance(type)!;
            if (Bind(ref reader, key.Type, path, group: type) is not { } bare)
                return null;
            key.Property.SetValue(options, bare);
            return options;
        }

        var value = OptionValue.Read(ref reader, type, out var problem, group);
        if (value is null)
            errors.Add(reader.TokenStartIndex, path, problem);
        reader.Skip();
        return value;
    }

    private Array BindList(ref Utf8JsonReader reader, Type element, string path)
    {
        var items = new List<object>();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            var place = $"{path}[{i}]";
            _places[place] = reader.TokenStartIndex;
            if (Bind(ref reader, element, place) is { } item)
                items.Add(item);
        }

        var list = Array.CreateInstance(element, items.Count);
        ((System.Collections.ICollection)items).CopyTo(list, 0);
        return list;
    }

    private System.Collections.IDictionary BindMap(ref Utf8JsonReader reader, Type inner, string path)
    {
        var map = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), inner))!;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = reader.TokenStartIndex;
            if (ReadText(ref reader) is not { } name)
                RejectUnknown(ref reader, place, path, null, []);
            else if (map.Contains(name))
                RejectDuplicate(ref reader, place, Child(path, name));
            else
            {
                reader.Read();
                _places[Child(path, name)] = reader.TokenStartIndex;
                if (Bind(ref reader, inner, Child(path, name)) is { } value)
                    map.Add(name, value);
            }
        }

        return map;
    }
}
