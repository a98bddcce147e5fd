using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>A message of text, in deltas of 1 to 24 characters.</summary>
internal sealed class WrittenItem(SessionCore core, ResponseRun run, int index, WrittenOutput output) : OutputItem(core, run, index)
{
    private int _sent;

    internal override double Progress => output.Text.Length == 0 ? 1 : (double)_sent / output.Text.Length;

    internal override int TextTokens => (_sent + 3) / 4;

    internal override bool Step()
    {
        if (_sent >= output.Text.Length)
            return false;
        var size = Math.Min(output.Text.Length - _sent, Core.Random.Next(1, 25));
        if (_sent + size < output.Text.Length && char.IsHighSurrogate(output.Text[_sent + size - 1]))
            size++;
        EmitPart("response.output_text.delta", ("delta", output.Text.Substring(_sent, size)));
        _sent += size;
        return true;
    }

    protected override JsonObject Wire(string status) =>
        Message(status, status == "in_progress" ? null : new JsonObject { ["type"] = "output_text", ["text"] = output.Text[.._sent] });

    protected override void OnBegun() =>
        EmitPart("response.content_part.added", ("part", new JsonObject { ["type"] = "text", ["text"] = "" }));

    protected override void OnEnding(string status)
    {
        EmitPart("response.output_text.done", ("text", output.Text[.._sent]));
        EmitPart("response.content_part.done", ("part", new JsonObject { ["type"] = "text", ["text"] = output.Text[.._sent] }));
    }
}
