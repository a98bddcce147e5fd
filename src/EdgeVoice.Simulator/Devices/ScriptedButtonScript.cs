using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeVoice.Simulator.Devices;

/// <summary>
/// Reads a button script. Either lines <c>TIME press|release|tap</c>, where TIME is milliseconds since the start, or <c>+</c>
/// milliseconds since the step before; <c>#</c> begins a comment. Or a JSON array of <c>{"ms": TIME, "do": "press"}</c>,
/// TIME a number or a string like <c>"+300"</c>.
/// </summary>
/// <remarks>Stateless; any thread.</remarks>
public static class ScriptedButtonScript
{
    private const long MostMs = 24 * 60 * 60 * 1000;
    private const long MostBytes = 1024 * 1024;

    /// <summary>Reads a script file of at most 1 MiB.</summary>
    /// <exception cref="InvalidDataException">It cannot be read or is wrong; one line with file, line and what is allowed.</exception>
    public static IReadOnlyList<ScriptedButtonStep> Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) throw new InvalidDataException($"{path}: a button script is at most 1 MiB");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: cannot read the button script: {e.Message}", e);
        }
    }

    /// <summary>Reads a script from text; <paramref name="name"/> stands before the line in errors.</summary>
    /// <exception cref="InvalidDataException">It is wrong; one line with file, line and what is allowed.</exception>
    public static IReadOnlyList<ScriptedButtonStep> Parse(string text, string name)
    {
        var steps = new StepList(name);
        if (text.AsSpan().TrimStart() is ['[' or '{', ..]) ParseJson(Encoding.UTF8.GetBytes(text), steps);
        else ParseLines(text, steps);
        return steps.Steps;
    }

    private static void ParseLines(string text, StepList steps)
    {
        foreach (var raw in text.Split('\n'))
        {
            steps.Line++;
            var words = raw.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words.Length != 2) throw steps.Wrong($"'{raw.Trim()}' is not TIME press|release|tap");
            steps.Add(words[0], words[1]);
        }
    }

    private static void ParseJson(byte[] json, StepList steps)
    {
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var reader = new Utf8JsonReader(json, options);
        try
        {
            Next(ref reader, json, steps);
            if (reader.TokenType != JsonTokenType.StartArray) throw steps.Wrong("a JSON script is an array of {\"ms\": TIME, \"do\": …}");
            while (Next(ref reader, json, steps) && reader.TokenType != JsonTokenType.EndArray) ParseStep(ref reader, json, steps);
            Next(ref reader, json, steps);
        }
        catch (JsonException e)
        {
            steps.Line = (int)(e.LineNumber ?? 0) + 1;
            throw steps.Wrong("not JSON here (an array of {\"ms\": TIME, \"do\": press, release or tap})");
        }
    }

    private static void ParseStep(ref Utf8JsonReader reader, byte[] json, StepList steps)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw steps.Wrong("a step is {\"ms\": TIME, \"do\": press, release or tap}");
        var (time, action) = ("", "");
        while (Next(ref reader, json, steps) && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            if (key is not ("ms" or "do")) throw steps.Wrong($"unknown field '{key}'; allowed: ms, do");
            Next(ref reader, json, steps);
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) throw steps.Wrong($"'{key}' is a number or a text");
            var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
            if (key == "ms") time = value;
            else action = value;
        }

        if (time == "" || action == "") throw steps.Wrong("a step needs both ms and do");
        steps.Add(time, action);
    }

    private static bool Next(ref Utf8JsonReader reader, byte[] json, StepList steps)
    {
        var more = reader.Read();
        steps.Line = 1 + json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        return more;
    }

    private sealed class StepList(string name)
    {
        private long _lastMs;

        public List<ScriptedButtonStep> Steps { get; } = [];

        public int Line { get; set; }

        public InvalidDataException Wrong(string what) => new($"{name}:{Line}: {what}");

        public void Add(string time, string action)
        {
            if (!long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) || ms is < 0 or > MostMs)
                throw Wrong($"time '{time}' is not milliseconds, 0 to {MostMs}, or +milliseconds");
            if (time[0] == '+') ms += _lastMs;
            if (ms < _lastMs) throw Wrong($"time {ms} is before the step before it ({_lastMs})");
            if (ms > MostMs) throw Wrong($"time {ms} is more than {MostMs}");
            if (action is not ("press" or "release" or "tap")) throw Wrong($"'{action}' is not press, release or tap");
            Steps.Add(new ScriptedButtonStep(ms, action != "release"));
            _lastMs = ms;
            if (action != "tap") return;
            _lastMs = ms + ScriptedButton.TapMs;
            Steps.Add(new ScriptedButtonStep(_lastMs, false));
        }
    }
}
