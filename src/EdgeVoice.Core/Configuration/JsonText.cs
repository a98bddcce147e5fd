using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Configuration;

/// <summary>Reads texts and names of a configuration file without an exception, and known ones without a copy.</summary>
internal static class JsonText
{
    private const int MaxLength = 192;

    /// <summary>How every configuration is read: comments and trailing commas are allowed.</summary>
    public static readonly JsonReaderOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = ConfigurationReader.MaxDepth,
    };

    /// <summary>The text of a key or a string, or null where its escapes are not valid text.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as \ud800.
            return null;
        }
    }

    /// <summary>True where the string that the reader stands on, which has no escapes, holds a secret, or is too long to say so.</summary>
    public static bool HoldsSecret(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length < KeyShape.MinLength)
            return false;
        if (reader.ValueSpan.Length > MaxLength)
            return true;
        Span<char> text = stackalloc char[MaxLength];
        return SecretShape.Contains(text[..reader.CopyString(text)]);
    }

    /// <summary>True where a text is a number as JSON writes it.</summary>
    public static bool IsNumber(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What the key or string that the reader stands on names in <paramref name="table"/>; default where it names nothing.</summary>
    public static T? Find<T>(ref Utf8JsonReader reader, Dictionary<string, T> table)
    {
        if (reader.ValueSpan.Length > MaxLength)
            return default;
        try
        {
            Span<char> text = stackalloc char[MaxLength];
            var length = reader.CopyString(text);
            return table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
