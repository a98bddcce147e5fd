using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Which keys a record of options has: the record is the only place where they are listed.</summary>
/// <remarks>Any thread may call it.</remarks>
internal static class OptionShape
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, OptionKey>> Known = [];
    private static readonly ConcurrentDictionary<Type, Dictionary<string, object>> Words = [];
    private static readonly ConcurrentDictionary<Type, ShortFormAttribute?> ShortForms = [];

    /// <summary>The keys of a record, by name as JSON writes it.</summary>
    public static Dictionary<string, OptionKey> Keys(Type record) => Known.GetOrAdd(record, ReadKeys);

    /// <summary>The words that stand for the values of an enumeration, in its order.</summary>
    public static Dictionary<string, object> Choices(Type enumeration) => Words.GetOrAdd(enumeration, ReadChoices);

    /// <summary>What a list consists of; null where the type is none.</summary>
    public static Type? ElementOf(Type type) => Argument(type, typeof(IReadOnlyList<>), 0);

    /// <summary>What stands behind the names of a map; null where the type is none.</summary>
    public static Type? ValueOf(Type type) => Argument(type, typeof(IReadOnlyDictionary<,>), 1);

    /// <summary>True for a record of options.</summary>
    public static bool IsGroup(Type type) => type.IsClass && type.Namespace == typeof(OptionShape).Namespace;

    /// <summary>True for a group that a later layer replaces whole, because its keys exclude one another.</summary>
    public static bool IsAlternatives(Type type) => type.IsDefined(typeof(AlternativesAttribute), inherit: false);

    /// <summary>True for a group that is always there and of which each key counts for itself.</summary>
    public static bool IsMerged(OptionKey key) => key.IsGroup && !key.IsNullable && !IsAlternatives(key.Type);

    /// <summary>The key that a bare value of this kind stands for in a group; null where the group must be written out.</summary>
    public static OptionKey? ShortForm(Type type, JsonTokenType token)
    {
        if (!IsGroup(type) || ShortForms.GetOrAdd(type, static group => group.GetCustomAttribute<ShortFormAttribute>()) is not { } shortForm)
            return null;
        var name = token switch
        {
            JsonTokenType.String => shortForm.Text,
            JsonTokenType.StartArray => shortForm.List,
            _ => null,
        };
        return name is null ? null : Keys(type)[JsonNamingPolicy.CamelCase.ConvertName(name)];
    }

    private static Type? Argument(Type type, Type generic, int index) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[index] : null;

    private static Dictionary<string, OptionKey> ReadKeys(Type record)
    {
        var nullability = new NullabilityInfoContext();
        var properties = record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);
        return properties.Select((property, index) => new OptionKey(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            property,
            Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            nullability.Create(property).WriteState == NullabilityState.Nullable,
            property.GetCustomAttribute<OptionAttribute>() ?? throw new InvalidOperationException($"{record.Name}.{property.Name} has no OptionAttribute."),
            index)).ToDictionary(key => key.Name);
    }

    private static Dictionary<string, object> ReadChoices(Type enumeration) => enumeration
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name,
            field => field.GetValue(null)!);
}
