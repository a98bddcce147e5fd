using System.Text.Json;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Simulator.Server;

/// <summary>Reads scripts; refuses what it does not know.</summary>
internal static class ScriptReader
{
    private const long MaxFileBytes = 16 << 20;
    private const int MaxSoundMs = 600_000;

    private static readonly string[] AnswerKinds = ["text", "wav", "tone", "silence", "toolCall", "fail", "repeat"];

    internal static SimulatorScript Load(string path)
    {
        byte[] json;
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
                throw new SimulatorScriptException($"{path}: a script may be {MaxFileBytes >> 20} MiB at most");
            json = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SimulatorScriptException($"{path}: cannot read the script: {problem.Message}", problem);
        }
        return Script(ScriptNode.Parse(path, json));
    }

    private static SimulatorScript Script(ScriptNode root)
    {
        root.Object("turns", "otherwise");
        var turns = root.Field("turns");
        if (turns is { Kind: not JsonTokenType.StartArray })
            throw turns.Wrong($"expected an array of turns, found {turns.Describe()}");
        var script = new SimulatorScript { Turns = [.. (turns?.Elements ?? []).Select(Turn)] };
        return root.Field("otherwise") is { } otherwise ? script with { Otherwise = Answers(otherwise) } : script;
    }

    private static ScriptTurn Turn(ScriptNode node)
    {
        node.Object("number", "text", "minMs", "maxMs", "transcript", "semantic", "delayMs", "speed", "answer", "then");
        var answer = node.Field("answer") ?? throw node.Wrong("the field 'answer' is missing (\"none\" for a response without output)");
        return new ScriptTurn
        {
            Number = node.Field("number")?.Whole(1, int.MaxValue),
            Text = node.Field("text")?.String(),
            MinMs = node.Field("minMs")?.Whole(0, int.MaxValue),
            MaxMs = node.Field("maxMs")?.Whole(0, int.MaxValue),
            Transcript = node.Field("transcript")?.String(),
            Pausing = node.Field("semantic") is { } semantic && Pausing(semantic),
            DelayMs = node.Field("delayMs")?.Whole(0, MaxSoundMs) ?? 0,
            Speed = node.Field("speed")?.Number(0.01, 1_000_000),
            Answer = Answers(answer),
            Then = node.Field("then") is { } then ? Then(then) : [],
        };
    }

    private static bool Pausing(ScriptNode node) => node.String() switch
    {
        "complete" => false,
        "pausing" => true,
        _ => throw node.Wrong($"expected \"complete\" or \"pausing\", found {node.Describe()}"),
    };

    /// <summary>An array holds one answer a response; anything else is the answer to the one further response.</summary>
    private static List<IReadOnlyList<ScriptAnswer>> Then(ScriptNode node) =>
        node.Kind == JsonTokenType.StartArray ? [.. node.Elements.Select(Answers)] : [Answers(node)];

    /// <summary>One answer or an array of several output items; "none" and "repeat" are words.</summary>
    private static IReadOnlyList<ScriptAnswer> Answers(ScriptNode node) => node.Kind switch
    {
        JsonTokenType.StartArray => [.. node.Elements.Select(Answer)],
        JsonTokenType.String when node.Text == "none" => [],
        _ => [Answer(node)],
    };

    private static ScriptAnswer Answer(ScriptNode node)
    {
        if (node.Kind == JsonTokenType.String)
            return node.Text == "repeat" ? new RepeatAnswer() : throw node.Wrong($"expected \"none\", \"repeat\" or an object, found {node.Describe()}");
        node.Object([.. AnswerKinds, "transcript"]);
        var kinds = node.Fields.Where(field => field.Name != "transcript").ToList();
        if (kinds.Count != 1)
            throw node.Wrong($"expected exactly one of {string.Join(", ", AnswerKinds)}, found {kinds.Count}");
        var (kind, value) = kinds[0];
        var transcript = node.Field("transcript");
        if (transcript is not null && kind is not ("wav" or "tone"))
            throw transcript.Wrong($"a transcript goes with wav and tone, not with {kind}");
        return kind switch
        {
            "text" => new TextAnswer(value.String()),
            "wav" => Wav(value, transcript?.String()),
            "tone" => Tone(value.Object("hz", "ms"), transcript?.String()),
            "silence" => new SilenceAnswer(value.Whole(1, MaxSoundMs)),
            "toolCall" => ToolCall(value.Object("name", "arguments")),
            "fail" => Fail(value.Object("code", "message")),
            _ => value.Kind == JsonTokenType.True ? new RepeatAnswer() : throw value.Wrong($"expected true, found {value.Describe()}"),
        };
    }

    /// <summary>The file is read now, so that a bad one is told at the start and not in the middle of a turn.</summary>
    private static PcmAnswer Wav(ScriptNode node, string? transcript)
    {
        const int Rate = 24000;
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(node.File))!, node.String());
        try
        {
            return new PcmAnswer(WavFile.Read(path).ToMono16(Rate), Rate, transcript ?? $"({Path.GetFileName(path)})");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SimulatorScriptException(node.Wrong(problem.Message.ReplaceLineEndings(" ")).Message, problem);
        }
    }

    private static ToneAnswer Tone(ScriptNode node, string? transcript) => new(
        Required(node, "hz").Number(20, 3900), Required(node, "ms").Whole(1, MaxSoundMs), transcript);

    private static ToolCallAnswer ToolCall(ScriptNode node)
    {
        var arguments = node.Field("arguments");
        return new ToolCallAnswer(Required(node, "name").String(), arguments is null ? "{}" : Json(arguments));
    }

    private static FailAnswer Fail(ScriptNode node) => new(Required(node, "code").String(), node.Field("message")?.String() ?? "failed on demand");

    private static ScriptNode Required(ScriptNode node, string name) => node.Field(name) ?? throw node.Wrong($"the field '{name}' is missing");

    /// <summary>An object is written as JSON; a text is sent as it is, even when it is no JSON.</summary>
    private static string Json(ScriptNode node) => node.Kind == JsonTokenType.String ? node.Text : Nested(node);

    private static string Nested(ScriptNode node) => node.Kind switch
    {
        JsonTokenType.StartObject => $"{{{string.Join(',', node.Fields.Select(f => $"{JsonSerializer.Serialize(f.Name)}:{Nested(f.Value)}"))}}}",
        JsonTokenType.StartArray => $"[{string.Join(',', node.Elements.Select(Nested))}]",
        JsonTokenType.String => JsonSerializer.Serialize(node.Text),
        _ => node.Text,
    };
}
