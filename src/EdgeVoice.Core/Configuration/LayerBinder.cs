using System.Collections;
using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Lays layers over the shipped defaults, one after another, and remembers which of them each value comes from.</summary>
/// <remarks>
/// One use, one thread. The layers have been checked: what is wrong in them is passed over here. Groups are merged key by key, and so are
/// maps; lists, alternatives and bare values replace. Null takes a value back to the shipped default.
/// </remarks>
internal sealed class LayerBinder
{
    private readonly Dictionary<string, Place> _places = [];
    private readonly List<string> _skipped = [];
    private Layer _layer = null!;

    /// <summary>The options so far.</summary>
    public EdgeVoiceOptions Options { get; private set; } = new();

    /// <summary>Lays one more layer over them.</summary>
    public void Add(Layer layer)
    {
        _layer = layer;
        var reader = new Utf8JsonReader(layer.Bytes, JsonText.Reading);
        reader.Read();
        Options = (EdgeVoiceOptions)BindObject(ref reader, typeof(EdgeVoiceOptions), Options, string.Empty);
    }

    /// <summary>Which layer a value stands in, and where; of what is not set, the nearest group above it that is in a layer.</summary>
    public (Layer Layer, int Offset)? PlaceOf(string path)
    {
        for (; path.Length > 0; path = Above(path))
        {
            if (_places.TryGetValue(path, out var place))
                return (place.Layer, place.Offset);
        }

        return null;
    }

    /// <summary>Which layer has set a value; null: none, it is as shipped.</summary>
    public (Layer Layer, int Offset)? OriginOf(string path)
    {
        for (var at = path; at.Length > 0; at = Above(at))
        {
            if (_places.TryGetValue(at, out var place) && (place.IsWhole || at.Length == path.Length))
                return (place.Layer, place.Offset);
        }

        return null;
    }

    /// <summary>True where a value at, above or below this path was passed over because it is wrong.</summary>
    public bool HasSkipped(string path) => _skipped.Exists(known => ConfigurationErrors.AreRelated(known, path));

    private static string Above(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];

    private object BindObject(ref Utf8JsonReader reader, Type record, object? under, string path)
    {
        var shipped = Activator.CreateInstance(record)!;
        var options = Activator.CreateInstance(record)!;
        var keys = OptionShape.Keys(record);
        if (under is not null)
        {
            foreach (var key in keys.Values)
                key.Property.SetValue(options, key.Property.GetValue(under));
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = JsonText.Find(ref reader, keys);
            reader.Read();
            if (key is null)
                reader.Skip();
            else
                BindKey(ref reader, key, options, shipped, path.Length == 0 ? key.Name : $"{path}.{key.Name}");
        }

        return options;
    }

    private void BindKey(ref Utf8JsonReader reader, OptionKey key, object options, object shipped, string path)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            SetPlace(path, ref reader, isWhole: true);
            key.Property.SetValue(options, key.Property.GetValue(shipped));
        }
        else if (Bind(ref reader, key, key.Property.GetValue(options), path) is { } value)
        {
            key.Property.SetValue(options, value);
        }
        else
        {
            _skipped.Add(path);
        }
    }

    // Null: it is wrong, and has been reported.
    private object? Bind(ref Utf8JsonReader reader, OptionKey key, object? under, string path)
    {
        var token = reader.TokenType;
        var isMerged = token == JsonTokenType.StartObject && (key.IsMap || (key.IsGroup && !OptionShape.IsAlternatives(key.Type)));
        SetPlace(path, ref reader, isWhole: !isMerged);
        if (token == JsonTokenType.StartArray && key.IsList)
            return BindList(ref reader, key.Item!, path);
        if (token == JsonTokenType.StartObject && key.IsMap)
            return BindMap(ref reader, key.Item!, (IDictionary?)under, path);
        if (token == JsonTokenType.StartObject && key.IsGroup)
            return BindObject(ref reader, key.Type, isMerged ? under : null, path);
        if (OptionShape.ShortForm(key.Type, token) is { } bare)
            return BindShortForm(ref reader, key, bare, path);
        var value = OptionValue.Read(ref reader, key.Type, out _);
        reader.Skip();
        return value;
    }

    private object? BindShortForm(ref Utf8JsonReader reader, OptionKey key, OptionKey bare, string path)
    {
        if (Bind(ref reader, bare, null, path) is not { } value)
            return null;
        var options = Activator.CreateInstance(key.Type)!;
        bare.Property.SetValue(options, value);
        return options;
    }

    private Array BindList(ref Utf8JsonReader reader, OptionKey item, string path)
    {
        var items = new List<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Bind(ref reader, item, null, $"{path}[{items.Count}]") is { } element)
                items.Add(element);
            else
                _skipped.Add(path);
        }

        var list = Array.CreateInstance(item.Type, items.Count);
        ((ICollection)items).CopyTo(list, 0);
        return list;
    }

    private IDictionary BindMap(ref Utf8JsonReader reader, OptionKey item, IDictionary? under, string path)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item.Type))!;
        foreach (DictionaryEntry entry in under ?? new Hashtable())
            map.Add(entry.Key, entry.Value);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonText.Read(ref reader);
            reader.Read();
            if (name is null)
                reader.Skip();
            else if (reader.TokenType == JsonTokenType.Null)
                map.Remove(name);
            else if (Bind(ref reader, item, null, OptionPath.Child(path, name)) is { } value)
                map[name] = value;
            else
                _skipped.Add(path);
        }

        return map;
    }

    // What stood below a value that is replaced is no longer in force.
    private void SetPlace(string path, ref Utf8JsonReader reader, bool isWhole)
    {
        if (isWhole)
        {
            foreach (var inner in _places.Keys.Where(known => known.Length > path.Length && known.StartsWith(path, StringComparison.Ordinal) && known[path.Length] is '.' or '[').ToList())
                _places.Remove(inner);
        }

        _places[path] = new Place(_layer, _layer.Start + (int)reader.TokenStartIndex, isWhole);
    }

    private readonly record struct Place(Layer Layer, int Offset, bool IsWhole);
}
