using System.Text;
using System.Text.Json;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Makes broken messages of good ones, by a seed: bytes, structure, kinds of values, types, base64.</summary>
internal sealed class EventMutator
{
    private const int Deepest = 300;

    private static readonly byte[][] Values = [.. new[]
    {
        "null", "7", "-1", "1e400", "-1e400", "99999999999999999999", "2147483648", "9223372036854775808", "0.1", "\"x\"", "\"\"", "[]", "{}", "true",
        "false", "[null]", "[{}]", "{\"type\":null}", "{\"id\":7}", "\"\\ud800\"", "\"\\u0000\"", "[\"audio\",null]", "\"NaN\"", "[[]]", "{\"a\":\"b\"}",
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Noise = [.. new[] { "\\u12", "\"type\"", "{\"type\":", "\\", "\"", ",", ":", "\\ud83d", "\u0000", "\uFEFF", "/*", "]", "}" }
        .Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]];

    private readonly Random _random;
    private readonly byte[][] _seeds;
    private readonly byte[][] _types;
    private readonly byte[][] _audio;

    public EventMutator(Random random)
    {
        _random = random;
        _seeds = [.. ProtocolFiles.OwnServerEvents.Select(Encoding.UTF8.GetBytes)];
        _types = [.. _seeds.Select(TypeOf).Distinct().Select(t => JsonSerializer.SerializeToUtf8Bytes(t))];
        _audio = [.. Enumerable.Range(0, 12).Select(Delta)];
    }

    /// <summary>A real event as it is.</summary>
    public byte[] Whole() => Any(_random.Next(6) == 0 ? _audio : _seeds);

    /// <summary>A real event with one to three faults.</summary>
    public byte[] Next()
    {
        var json = new List<byte>(Whole());
        for (var faults = Math.Max(1, _random.Next(-2, 4)); faults > 0 && json.Count > 0; faults--)
        {
            // Structure first where it is still whole; broken text leaves only bytes to break.
            if (_random.Next(5) < 4 && Fields(json) is { Count: > 0 } fields) BreakField(json, fields);
            else BreakBytes(json);
        }

        return [.. json];
    }

    private void BreakField(List<byte> json, List<Field> fields)
    {
        var field = fields[_random.Next(fields.Count)];
        switch (_random.Next(8))
        {
            case 0 when fields.Find(f => f.IsType) is { } type:
                Replace(json, type, Any(_types));
                break;
            case 1:
                // The same name twice, with another value; either may be the last.
                var pair = json.GetRange(field.NameStart, field.ValueStart - field.NameStart);
                pair.AddRange(Any(Values));
                pair.Add((byte)',');
                json.InsertRange(field.NameStart, pair);
                break;
            case 2:
                var depth = _random.Next(1, Deepest);
                byte[] deep = [.. Enumerable.Repeat((byte)'[', depth), .. Enumerable.Repeat((byte)']', depth)];
                Replace(json, field, deep);
                break;
            case 3:
                var other = Any(_seeds);
                if (Fields([.. other]) is not { Count: > 0 } others) break;
                var taken = others[_random.Next(others.Count)];
                Replace(json, field, other[taken.ValueStart..taken.ValueEnd]);
                break;
            case 4:
                Replace(json, field, [(byte)'"', .. Encoding.ASCII.GetBytes(Base64(_random.Next(60), _random)), .. Any(Noise), (byte)'"']);
                break;
            case 5:
                Replace(json, field, [.. "1"u8, .. Enumerable.Repeat((byte)'0', _random.Next(1, 2_000))]);
                break;
            default:
                Replace(json, field, Any(Values));
                break;
        }
    }

    private void BreakBytes(List<byte> json)
    {
        var at = _random.Next(json.Count);
        var few = Math.Min(_random.Next(1, 40), json.Count - at);
        switch (_random.Next(7))
        {
            case 0:
                json[at] = (byte)_random.Next(256);
                break;
            case 1:
                json[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                json.RemoveRange(at, _random.Next(2) == 0 ? few : json.Count - at);
                break;
            case 3:
                json.InsertRange(at, Any(Noise));
                break;
            case 4:
                json.InsertRange(at, json.GetRange(at, few));
                break;
            case 5:
                var other = Any(_seeds);
                json.RemoveRange(at, json.Count - at);
                json.AddRange(other[_random.Next(other.Length)..]);
                break;
            default:
                Escape(json, at);
                break;
        }
    }

    // What is a plain character becomes an escape of the same character, which is no fault inside a string.
    private static void Escape(List<byte> json, int at)
    {
        if (json[at] is < (byte)' ' or >= 0x7F) return;
        var escape = Encoding.ASCII.GetBytes($"\\u{json[at]:x4}");
        json.RemoveAt(at);
        json.InsertRange(at, escape);
    }

    private static void Replace(List<byte> json, Field field, byte[] value)
    {
        json.RemoveRange(field.ValueStart, field.ValueEnd - field.ValueStart);
        json.InsertRange(field.ValueStart, value);
    }

    private static List<Field>? Fields(List<byte> json)
    {
        var bytes = json.ToArray();
        var fields = new List<Field>();
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var (start, isType) = ((int)reader.TokenStartIndex, reader.CurrentDepth == 1 && reader.ValueTextEquals("type"u8));
                var value = reader;
                if (!value.Read()) return null;
                var from = (int)value.TokenStartIndex;
                value.Skip();
                fields.Add(new Field(start, from, (int)value.BytesConsumed, isType));
            }

            return fields;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Delta(int number)
    {
        var escaped = number % 3 == 2;
        var base64 = Base64(number * 97 + number % 2, new Random(number));
        if (escaped) base64 = base64.Replace("/", "\\/", StringComparison.Ordinal).Replace("+", "\\u002b", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(
            $$"""{"type":"response.output_audio.delta","event_id":"e","response_id":"resp_{{number % 3}}","item_id":"item_{{number % 4}}","output_index":0,"content_index":{{number % 2}},"delta":"{{base64}}"}""");
    }

    private static string Base64(int bytes, Random random)
    {
        var sound = new byte[bytes];
        random.NextBytes(sound);
        return Convert.ToBase64String(sound);
    }

    private static string TypeOf(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("type").GetString()!;
    }

    private T Any<T>(T[] of) => of[_random.Next(of.Length)];

    private sealed record Field(int NameStart, int ValueStart, int ValueEnd, bool IsType);
}
