using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>A function call, its arguments in deltas of 1 to 12 characters.</summary>
internal sealed class CallItem(SessionCore core, ResponseRun run, int index, CallOutput output) : OutputItem(core, run, index)
{
    private readonly string _callId = core.NewId("call");
    private int _sent;

    internal override double Progress => output.Arguments.Length == 0 ? 1 : (double)_sent / output.Arguments.Length;

    internal override int TextTokens => 8 + ((_sent + 3) / 4);

    internal override bool Step()
    {
        if (_sent >= output.Arguments.Length)
            return false;
        var size = Math.Min(output.Arguments.Length - _sent, Core.Random.Next(1, 13));
        if (_sent + size < output.Arguments.Length && char.IsHighSurrogate(output.Arguments[_sent + size - 1]))
            size++;
        EmitItem("response.function_call_arguments.delta", ("call_id", _callId), ("delta", output.Arguments.Substring(_sent, size)));
        _sent += size;
        return true;
    }

    protected override JsonObject Wire(string status) => new()
    {
        ["id"] = Id,
        ["object"] = "realtime.item",
        ["type"] = "function_call",
        ["status"] = status,
        ["call_id"] = _callId,
        ["name"] = output.Name,
        ["arguments"] = output.Arguments[.._sent],
    };

    protected override void OnBegun()
    {
    }

    protected override void OnEnding(string status)
    {
        if (status == "completed")
            EmitItem("response.function_call_arguments.done", ("call_id", _callId), ("name", output.Name), ("arguments", output.Arguments));
    }
}
