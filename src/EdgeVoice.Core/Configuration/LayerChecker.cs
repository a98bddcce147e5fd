using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Checks one layer, whether or not this device uses it: keys, kinds, limits, secrets. Makes nothing of what is right.</summary>
/// <remarks>One use, one thread. The bytes must be JSON: what is not ends in a <see cref="JsonException"/>.</remarks>
internal sealed class LayerChecker
{
    private readonly ConfigurationErrors _errors;
    private readonly SourceText _source;
    private readonly OptionPath _path;

    /// <summary>For a layer whose JSON path is <paramref name="prefix"/>, or for those below it.</summary>
    public LayerChecker(ConfigurationErrors errors, SourceText source, string prefix) =>
        (_errors, _source, _path) = (errors, source, new OptionPath(prefix));

    /// <summary>Where the last layer names its group, in bytes from the beginning of the source; -1 where the layer names none.</summary>
    public int GroupAt { get; private set; } = -1;

    /// <summary>Checks the layer the reader stands on, which is called <paramref name="name"/> below the prefix.</summary>
    public void CheckLayer(ref Utf8JsonReader reader, string name, bool mayHaveGroup)
    {
        GroupAt = -1;
        _path.Enter(name);
        CheckObject(ref reader, typeof(EdgeVoiceOptions), mayHaveGroup);
        _path.Leave();
    }

    /// <summary>Checks the object the reader stands on; <paramref name="mayHaveGroup"/>: it is a device, which may name a group.</summary>
    public void CheckObject(ref Utf8JsonReader reader, Type record, bool mayHaveGroup = false)
    {
        var keys = OptionShape.Keys(record);
        var seen = 0UL;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (JsonText.Find(ref reader, keys) is { } key)
            {
                var isNew = (seen & (1UL << key.Index)) == 0;
                seen |= 1UL << key.Index;
                CheckKey(ref reader, key, isNew);
            }
            else if (mayHaveGroup && reader.ValueTextEquals(ConfigurationFile.GroupKey))
            {
                ReadGroup(ref reader);
            }
            else
            {
                UnknownKey.Reject(ref reader, _errors, _source, _path.ToString(), record, mayHaveGroup);
            }
        }
    }

    private void CheckKey(ref Utf8JsonReader reader, OptionKey key, bool isNew)
    {
        _path.Enter(key.Name);
        if (isNew)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null) Check(ref reader, key);
        }
        else
        {
            RejectDuplicate(ref reader);
        }

        _path.Leave();
    }

    private void RejectDuplicate(ref Utf8JsonReader reader)
    {
        Add(reader.TokenStartIndex, UnknownKey.Twice);
        reader.Read();
        reader.Skip();
    }

    private void ReadGroup(ref Utf8JsonReader reader)
    {
        _path.Enter(ConfigurationFile.GroupKey);
        if (GroupAt >= 0)
        {
            RejectDuplicate(ref reader);
        }
        else
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                GroupAt = (int)reader.TokenStartIndex;
            else if (reader.TokenType != JsonTokenType.Null)
                Add(reader.TokenStartIndex, $"found {OptionValue.Found(ref reader, null)}; allowed: the name of a group in quotes");
            reader.Skip();
        }

        _path.Leave();
    }

    // The group is the one that the value stands for, if any.
    private void Check(ref Utf8JsonReader reader, OptionKey key, Type? group = null)
    {
        var token = reader.TokenType;
        if (token == JsonTokenType.StartArray && key.IsList)
            CheckList(ref reader, key.Item!);
        else if (token == JsonTokenType.StartObject && key.IsMap)
            CheckMap(ref reader, key.Item!);
        else if (token == JsonTokenType.StartObject && key.IsGroup)
            CheckObject(ref reader, key.Type);
        else if (OptionShape.ShortForm(key.Type, token) is { } bare)
            Check(ref reader, bare, key.Type);
        else if (!OptionValue.IsPlain(ref reader, key))
            Judge(ref reader, key, group);
    }

    private void Judge(ref Utf8JsonReader reader, OptionKey key, Type? group)
    {
        var place = reader.TokenStartIndex;
        var value = OptionValue.Read(ref reader, key.Type, out var problem, group);
        if (value is null)
            Add(place, problem);
        else if (OptionRanges.Problem(key.About, value) is { } range)
            Add(place, $"found {range.Found}; allowed: {range.Allowed}");
        reader.Skip();
    }

    private void CheckList(ref Utf8JsonReader reader, OptionKey item)
    {
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            _path.Enter(i);
            Check(ref reader, item);
            _path.Leave();
        }
    }

    private void CheckMap(ref Utf8JsonReader reader, OptionKey item)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (JsonText.Read(ref reader) is not { } name)
            {
                UnknownKey.RejectHalf(ref reader, _errors, _source, _path.ToString());
                continue;
            }

            _path.Enter(name);
            if (!seen.Add(name))
            {
                RejectDuplicate(ref reader);
            }
            else
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Null) Check(ref reader, item);
            }

            _path.Leave();
        }
    }

    // The path is made only where its line will be shown.
    private void Add(long place, string text)
    {
        if (_errors.HasRoom) _errors.Add(_source, place, _path.ToString(), text);
        else _errors.CountUnshown();
    }
}
