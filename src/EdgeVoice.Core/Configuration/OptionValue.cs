using System.Text;
using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Reads one value of a given kind, or says in a line what was found and what is allowed.</summary>
internal static class OptionValue
{
    /// <summary>
    /// The value the reader stands on as <paramref name="type"/>, or null with a <paramref name="problem"/>; <paramref name="group"/>: the
    /// group that a bare value stands for, which may be written out, too.
    /// </summary>
    public static object? Read(ref Utf8JsonReader reader, Type type, out string problem, Type? group = null)
    {
        problem = string.Empty;
        var token = reader.TokenType;
        var text = token == JsonTokenType.String ? JsonText.Read(ref reader) : null;
        if (text is not null && SecretShape.Contains(text))
        {
            problem = $"found a secret (not shown): {SecretShape.Remedy}";
            return null;
        }

        object? value = null;
        if (type == typeof(JsonElement))
            return ReadJson(ref reader, out problem);
        if (type == typeof(string) || type.IsEnum)
            value = text is null ? null : type.IsEnum ? OptionShape.Choices(type).GetValueOrDefault(text) : text;
        else if (type == typeof(bool))
            value = token is JsonTokenType.True ? true : token is JsonTokenType.False ? false : null;
        else if (type == typeof(int) && token == JsonTokenType.Number)
            value = reader.TryGetInt32(out var whole) ? whole : null;
        else if (type == typeof(double) && token == JsonTokenType.Number)
            value = reader.TryGetDouble(out var number) ? number : null;
        else if (type == typeof(GainSetting))
            value = ReadGain(ref reader, token, text);
        else if (type == typeof(AnswerLimit))
            value = ReadLimit(ref reader, token, text);
        else if (type == typeof(NumberOrName))
            value = text is not null ? new NumberOrName(0, text) : token == JsonTokenType.Number && reader.TryGetInt32(out var numbered) ? new NumberOrName(numbered) : null;
        if (value is null)
            problem = $"found {(text is not null && type == typeof(CredentialOptions) ? "a text (not shown)" : Found(ref reader, text))}; allowed: {Allowed(group ?? type)}{WayOut(type, text)}";
        return value;
    }

    /// <summary>
    /// True where the value the reader stands on is certainly right, found out without making anything of it; false where
    /// <see cref="Read"/> must have a look.
    /// </summary>
    public static bool IsPlain(ref Utf8JsonReader reader, OptionKey key)
    {
        var type = key.Type;
        return reader.TokenType switch
        {
            JsonTokenType.True or JsonTokenType.False => type == typeof(bool),
            JsonTokenType.Number when type == typeof(int) => reader.TryGetInt32(out var whole) && OptionRanges.IsWithin(key.About, whole),
            JsonTokenType.Number when type == typeof(NumberOrName) || type == typeof(AnswerLimit) => reader.TryGetInt32(out var count) && OptionRanges.IsWithin(key.About, count),
            JsonTokenType.Number when type == typeof(double) || type == typeof(GainSetting) => reader.TryGetDouble(out var number) && OptionRanges.IsWithin(key.About, number),
            JsonTokenType.String when type == typeof(string) => !reader.ValueIsEscaped && !JsonText.HoldsSecret(ref reader),
            JsonTokenType.String when type.IsEnum => JsonText.Find(ref reader, OptionShape.Choices(type)) is not null,
            _ => false,
        };
    }

    /// <summary>What the reader stands on, for people.</summary>
    public static string Found(ref Utf8JsonReader reader, string? text) => reader.TokenType switch
    {
        JsonTokenType.String => text is null ? "text with half a character in it (\\ud800 to \\udfff)" : $"the text {ValueText.Quote(text)}",
        JsonTokenType.Number => $"the number {ValueText.Escape(Encoding.UTF8.GetString(reader.ValueSpan), 30)}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.StartArray => "an array",
        _ => "an object",
    };

    private static GainSetting? ReadGain(ref Utf8JsonReader reader, JsonTokenType token, string? text)
    {
        if (text == GainSetting.AutomaticWord)
            return GainSetting.Automatic;
        return token == JsonTokenType.Number && reader.TryGetDouble(out var db) ? new GainSetting(db) : null;
    }

    private static AnswerLimit? ReadLimit(ref Utf8JsonReader reader, JsonTokenType token, string? text)
    {
        if (text == AnswerLimit.InfiniteWord)
            return AnswerLimit.Infinite;
        return token == JsonTokenType.Number && reader.TryGetInt32(out var count) ? new AnswerLimit(count) : null;
    }

    // Anything that can be sent, but no key hidden in it.
    private static JsonElement? ReadJson(ref Utf8JsonReader reader, out string problem)
    {
        var json = JsonElement.ParseValue(ref reader);
        problem = SecretShape.Contains(json.GetRawText()) ? $"found a secret (not shown): {SecretShape.Remedy}"
            : IsText(json) ? string.Empty
            : "found text with half a character in it (\\ud800 to \\udfff); remove it";
        return problem.Length == 0 ? json : null;
    }

    private static bool IsText(JsonElement json)
    {
        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null);
            json.WriteTo(writer);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static string WayOut(Type type, string? text)
    {
        if (text is null)
            return string.Empty;
        if (type.IsEnum)
            return NearestName.Like(text, OptionShape.Choices(type).Keys) is { } word ? $"; the nearest is \"{word}\"" : string.Empty;
        var isNumber = type == typeof(int) || type == typeof(double) || type == typeof(GainSetting) || type == typeof(AnswerLimit);
        var isBare = isNumber ? JsonText.IsNumber(text) : type == typeof(bool) && bool.TryParse(text, out _);
        return isBare ? $"; take the quotes off: {ValueText.Escape(text.ToLowerInvariant(), 30)}" : string.Empty;
    }

    private static string Allowed(Type type)
    {
        if (type == typeof(AnswerLimit))
            return $"a whole number without quotes, or \"{AnswerLimit.InfiniteWord}\"";
        if (OptionShape.ElementOf(type) is not null)
            return "an array: [ ... ]";
        if (OptionShape.ShortForm(type, JsonTokenType.String) is { } bare)
            return $"{Allowed(bare.Type)}, or an object: {{ ... }}";
        if (OptionShape.ShortForm(type, JsonTokenType.StartArray) is not null)
            return "an array: [ ... ], or an object: { ... }";
        if (type == typeof(GainSetting))
            return $"a number of decibels without quotes, or \"{GainSetting.AutomaticWord}\"";
        if (type == typeof(NumberOrName))
            return "a whole number without quotes, or a name in quotes";
        if (type.IsEnum)
            return string.Join(", ", OptionShape.Choices(type).Keys.Select(word => $"\"{word}\""));
        if (type == typeof(string))
            return "text in quotes";
        if (type == typeof(bool))
            return "true or false, without quotes";
        return type == typeof(int) ? "a whole number, without quotes" : type == typeof(double) ? "a number, without quotes" : "an object: { ... }";
    }
}
