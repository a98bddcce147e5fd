using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>One key of a group of options.</summary>
/// <param name="Property">Where its value goes.</param>
/// <param name="Type">Type of the value, without the nullable wrapper.</param>
/// <param name="IsNullable">Whether null is a value: it stands for "not set".</param>
internal sealed record OptionKey(PropertyInfo Property, Type Type, bool IsNullable);

/// <summary>Which keys a record of options has: the record is the only place where they are listed.</summary>
internal static class OptionShape
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, OptionKey>> Known = [];
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, object>> Words = [];

    /// <summary>The keys of a record, by name as JSON writes it.</summary>
    public static IReadOnlyDictionary<string, OptionKey> Keys(Type record) => Known.GetOrAdd(record, ReadKeys);

    /// <summary>The words that stand for the values of an enumeration, in its order.</summary>
    public static IReadOnlyDictionary<string, object> Choices(Type enumeration) => Words.GetOrAdd(enumeration, ReadChoices);

    private static Dictionary<string, OptionKey> ReadKeys(Type record)
    {
        var nullability = new NullabilityInfoContext();
        return record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => new OptionKey(
                property,
                Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                nullability.Create(property).WriteState == NullabilityState.Nullable));
    }

    private static Dictionary<string, object> ReadChoices(Type enumeration) => enumeration
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name,
            field => field.GetValue(null)!);
}
