using System.Collections;
using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Compares options by value, through lists, maps, groups and JSON.</summary>
internal static class OptionEquality
{
    /// <summary>True where two values of one key say the same.</summary>
    public static bool Same(object? one, object? other)
    {
        if (one is null || other is null)
            return one is null && other is null;
        if (ReferenceEquals(one, other))
            return true;
        return (one, other) switch
        {
            (JsonElement a, JsonElement b) => JsonElement.DeepEquals(a, b),
            (string, _) => one.Equals(other),
            (IDictionary a, IDictionary b) => SameMap(a, b),
            (IList a, IList b) => SameList(a, b),
            _ => OptionShape.IsGroup(one.GetType()) ? SameGroup(one, other) : one.Equals(other),
        };
    }

    private static bool SameGroup(object one, object other) =>
        OptionShape.Keys(one.GetType()).Values.All(key => Same(key.Property.GetValue(one), key.Property.GetValue(other)));

    private static bool SameList(IList one, IList other)
    {
        if (one.Count != other.Count)
            return false;
        for (var i = 0; i < one.Count; i++)
        {
            if (!Same(one[i], other[i]))
                return false;
        }

        return true;
    }

    private static bool SameMap(IDictionary one, IDictionary other)
    {
        if (one.Count != other.Count)
            return false;
        foreach (DictionaryEntry entry in one)
        {
            if (!other.Contains(entry.Key) || !Same(entry.Value, other[entry.Key]))
                return false;
        }

        return true;
    }
}
