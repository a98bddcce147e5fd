using System.Collections;
using System.Reflection;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Counts what an object of ours remembers: every collection in it and in what it holds, by the path to it.</summary>
internal static class HeldThings
{
    /// <summary>More than this in one place, in a conversation of a few items at a time, is a leak.</summary>
    public const int Most = 200;

    private const int Deepest = 6;

    public static IReadOnlyDictionary<string, int> In(object root)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        Look(root, root.GetType().Name, found, new HashSet<object>(ReferenceEqualityComparer.Instance), 0);
        return found;
    }

    private static void Look(object holder, string path, Dictionary<string, int> found, HashSet<object> seen, int depth)
    {
        if (depth == Deepest || !seen.Add(holder)) return;
        for (var type = holder.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType.IsPrimitive || field.GetValue(holder) is not { } value) continue;
                var name = $"{path}.{field.Name}";
                if (Count(value) is { } count) found[name] = count;
                else if (value.GetType().Namespace == typeof(Core.Conversation.ConversationLoop).Namespace) Look(value, name, found, seen, depth + 1);
            }
        }
    }

    private static int? Count(object value) => value switch
    {
        string => null,
        ICollection collection => collection.Count,
        IEnumerable => value.GetType().GetProperty("Count")?.GetValue(value) as int?,
        _ => null,
    };
}
