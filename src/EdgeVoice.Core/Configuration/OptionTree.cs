namespace EdgeVoice.Core.Configuration;

/// <summary>Walks through all options by their paths.</summary>
internal static class OptionTree
{
    /// <summary>
    /// Every option with its value, in the order of the records. A list, a map and a group that is "not set" are one; of alternatives only
    /// those that are set.
    /// </summary>
    public static IEnumerable<(string Path, OptionKey Key, object? Value)> Leaves(object options, string prefix = "")
    {
        var isAlternatives = OptionShape.IsAlternatives(options.GetType());
        foreach (var (name, key) in OptionShape.Keys(options.GetType()))
        {
            var value = key.Property.GetValue(options);
            if (value is not null && key.IsGroup)
            {
                foreach (var inner in Leaves(value, $"{prefix}{name}."))
                    yield return inner;
            }
            else if (value is not null || !isAlternatives)
            {
                yield return (prefix + name, key, value);
            }
        }
    }

    /// <summary>Where a key of this name belongs, from the options' root, if there is but one such place; null otherwise.</summary>
    public static string? PlaceOf(string name)
    {
        var found = Places(typeof(EdgeVoiceOptions), string.Empty, name).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static IEnumerable<string> Places(Type record, string prefix, string name)
    {
        foreach (var (known, key) in OptionShape.Keys(record))
        {
            if (known == name)
                yield return prefix + known;
            if (!key.IsGroup)
                continue;
            foreach (var inner in Places(key.Type, $"{prefix}{known}.", name))
                yield return inner;
        }
    }
}
