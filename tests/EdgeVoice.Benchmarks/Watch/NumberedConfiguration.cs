using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Benchmarks.Watch;

/// <summary>A configuration that says nothing but its number, and can be told from half of one.</summary>
internal static class NumberedConfiguration
{
    /// <summary>Its bytes, filled up to about <paramref name="size"/>.</summary>
    public static byte[] Bytes(int number, int size = 2_000) => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $$"""{"number": {{number}}, "filling": "{{new string((char)('a' + number % 26), size)}}", "end": {{number}}}"""));

    /// <summary>Its number; null where the bytes are not whole.</summary>
    public static int? NumberOf(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var number = json.RootElement.GetProperty("number").GetInt32();
            return json.RootElement.GetProperty("end").GetInt32() == number ? number : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads it into options whose instructions are the number.</summary>
    public static ConfigurationResult Parse(byte[] bytes) => NumberOf(bytes) is { } number
        ? new ConfigurationResult(OptionsOf(number), [], [])
        : new ConfigurationResult(null, ["edgevoice.json:1:1: is not whole"], []);

    private static EdgeVoiceOptions OptionsOf(int number) =>
        new() { Realtime = new RealtimeOptions { Instructions = number.ToString(CultureInfo.InvariantCulture) } };
}
