using System.Text.Json;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Compares JSON by meaning: order of members and spelling of numbers do not count, absent and null differ.</summary>
internal static class JsonAssert
{
    /// <summary>Fails, naming the path, where the two differ.</summary>
    public static void Equal(string expected, string actual, string name)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        var difference = Difference(left.RootElement, right.RootElement, "$");
        Assert.True(difference is null, $"{name}: {difference}\nexpected {expected}\nactual   {actual}");
    }

    /// <summary>The first difference; null when there is none.</summary>
    public static string? Difference(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.ValueKind != actual.ValueKind)
            return $"{path}: {expected.ValueKind} became {actual.ValueKind}";
        return expected.ValueKind switch
        {
            JsonValueKind.Object => ObjectDifference(expected, actual, path),
            JsonValueKind.Array => ArrayDifference(expected, actual, path),
            JsonValueKind.Number => expected.GetDouble() == actual.GetDouble() ? null : $"{path}: {expected} became {actual}",
            JsonValueKind.String => expected.GetString() == actual.GetString() ? null : $"{path}: {expected} became {actual}",
            _ => null,
        };
    }

    private static string? ObjectDifference(JsonElement expected, JsonElement actual, string path)
    {
        foreach (var member in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out var other))
                return $"{path}.{member.Name} is lost";
            if (Difference(member.Value, other, $"{path}.{member.Name}") is { } difference)
                return difference;
        }

        var added = actual.EnumerateObject().FirstOrDefault(m => !expected.TryGetProperty(m.Name, out _));
        return added.Value.ValueKind == JsonValueKind.Undefined ? null : $"{path}.{added.Name} is new";
    }

    private static string? ArrayDifference(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
            return $"{path}: {expected.GetArrayLength()} elements became {actual.GetArrayLength()}";
        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            if (Difference(expected[i], actual[i], $"{path}[{i}]") is { } difference)
                return difference;
        }

        return null;
    }
}
