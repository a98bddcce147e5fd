using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Tools;

/// <summary>Reads what a model gives a tool; what is wrong is said in words that help it to do better.</summary>
public static class ToolArguments
{
    /// <summary>Longest arguments in bytes of UTF-8.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The object in <paramref name="text"/> (empty text is an empty object); false with a <paramref name="problem"/>.</summary>
    public static bool TryParse(string text, out JsonElement arguments, out string problem)
    {
        (arguments, problem) = (default, "");
        if (string.IsNullOrWhiteSpace(text)) text = "{}";
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            problem = $"the arguments are too long: {MaxBytes} bytes at most";
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            arguments = json.RootElement.Clone();
        }
        catch (JsonException)
        {
            problem = "the arguments are no valid JSON: one JSON object is allowed, such as {}";
            return false;
        }

        if (arguments.ValueKind == JsonValueKind.Object) return true;
        problem = $"the arguments are {Kind(arguments)}: one JSON object is allowed, such as {{}}";
        return false;
    }

    /// <summary>What is wrong where there are other arguments than the <paramref name="known"/> ones; null: nothing.</summary>
    public static string? Unknown(JsonElement arguments, params ReadOnlySpan<string> known)
    {
        foreach (var argument in arguments.EnumerateObject())
        {
            if (known.Contains(argument.Name)) continue;
            var allowed = known.IsEmpty ? "none is allowed" : $"allowed: {string.Join(", ", known)}";
            return $"unknown argument \"{OneLine.Of(argument.Name)}\"; {allowed}";
        }

        return null;
    }

    /// <summary>A whole number; null where it is absent or null, or with a <paramref name="problem"/> where it is no such number.</summary>
    public static int? Whole(JsonElement arguments, string name, int from, int to, out string? problem)
    {
        problem = null;
        if (!arguments.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        // 50.0 is whole, too; models write it now and then.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number) && number >= from && number <= to)
            return (int)number;
        var found = value.ValueKind == JsonValueKind.Number ? OneLine.Of(value.GetRawText()) : Kind(value);
        problem = string.Create(CultureInfo.InvariantCulture, $"{name} is {found}; allowed: a whole number from {from} to {to}");
        return null;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
