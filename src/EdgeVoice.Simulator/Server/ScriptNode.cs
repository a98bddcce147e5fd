using System.Text;
using System.Text.Json;

namespace EdgeVoice.Simulator.Server;

/// <summary>A JSON value of a script that knows its place, so that every complaint can name file, line and path.</summary>
internal sealed record ScriptNode(string File, int Line, string Path, JsonTokenType Kind, string Text)
{
    internal List<(string Name, ScriptNode Value)> Fields { get; } = [];

    internal List<ScriptNode> Elements { get; } = [];

    /// <summary>Parses a whole file. Comments and trailing commas are allowed.</summary>
    internal static ScriptNode Parse(string file, byte[] json)
    {
        var start = json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(json.AsSpan(start), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            var root = Read(ref reader, file, json.AsSpan(start), "$");
            reader.Read();
            return root;
        }
        catch (JsonException problem)
        {
            var text = problem.Message.Split(" LineNumber:")[0];
            throw new SimulatorScriptException($"{file}:{(problem.LineNumber ?? 0) + 1}: not valid JSON: {text}", problem);
        }
        catch (InvalidOperationException problem)
        {
            throw new SimulatorScriptException($"{file}: not valid JSON: a string is not valid Unicode", problem);
        }
    }

    /// <summary>The complaint about this value.</summary>
    internal SimulatorScriptException Wrong(string problem) => new($"{File}:{Line}: {Path}: {problem}");

    internal ScriptNode? Field(string name) => Fields.Find(field => field.Name == name).Value;

    /// <summary>Refuses everything but an object with these keys.</summary>
    internal ScriptNode Object(params string[] known)
    {
        if (Kind != JsonTokenType.StartObject)
            throw Wrong($"expected an object with {string.Join(", ", known)}, found {Describe()}");
        foreach (var (name, value) in Fields)
        {
            if (!known.Contains(name))
                throw value.Wrong($"unknown field '{name}'; did you mean '{Nearest(name, known)}'? Known: {string.Join(", ", known)}");
        }
        return this;
    }

    internal string String() => Kind == JsonTokenType.String ? Text : throw Wrong($"expected a text, found {Describe()}");

    internal int Whole(int min, int max) =>
        Kind == JsonTokenType.Number && int.TryParse(Text, out var value) && value >= min && value <= max
            ? value : throw Wrong($"expected a whole number from {min} to {max}, found {Describe()}");

    internal double Number(double min, double max) =>
        Kind == JsonTokenType.Number && double.Parse(Text, System.Globalization.CultureInfo.InvariantCulture) is var value && value >= min && value <= max
            ? value : throw Wrong(FormattableString.Invariant($"expected a number from {min} to {max}, found {Describe()}"));

    internal string Describe() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"\"{(Text.Length > 40 ? Text[..40] + "…" : Text)}\"",
        _ => Text,
    };

    internal static string Nearest(string name, IEnumerable<string> known) => known.MinBy(candidate => Distance(name, candidate))!;

    private static ScriptNode Read(ref Utf8JsonReader reader, string file, ReadOnlySpan<byte> json, string path)
    {
        var line = 1 + json[..(int)reader.TokenStartIndex].Count((byte)'\n');
        var kind = reader.TokenType;
        var text = kind switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.StartObject or JsonTokenType.StartArray => "",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };
        var node = new ScriptNode(file, line, path, kind, text);
        if (kind == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                node.Elements.Add(Read(ref reader, file, json, $"{path}[{node.Elements.Count}]"));
        }
        else if (kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                ReadField(ref reader, node, json);
        }
        return node;
    }

    private static void ReadField(ref Utf8JsonReader reader, ScriptNode node, ReadOnlySpan<byte> json)
    {
        var name = reader.GetString()!;
        reader.Read();
        var value = Read(ref reader, node.File, json, $"{node.Path}.{name}");
        if (node.Field(name) is not null)
            throw value.Wrong($"the field '{name}' stands there twice");
        node.Fields.Add((name, value));
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }
        return row[^1];
    }
}
