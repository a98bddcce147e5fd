using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Server;

/// <summary>What all parts of one session share: its lock, its socket, its ids and chance, and the way to emit events.</summary>
/// <remarks>Everything of a session happens under <see cref="Gate"/>; emitting only queues.</remarks>
internal sealed class SessionCore
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _tag;
    private int _ids;

    internal SessionCore(SimulatorOptions options, FaultPlan faults, int seed, WireConnection wire)
    {
        (Options, Faults, Wire) = (options, faults, wire);
        Random = new Random(seed);
        _tag = string.Concat(Enumerable.Range(0, 8).Select(_ => "abcdefghijkmnpqrstuvwxyz23456789"[Random.Next(32)]));
        Id = NewId("sess");
    }

    internal Lock Gate { get; } = new();

    internal SimulatorOptions Options { get; }

    internal FaultPlan Faults { get; }

    internal Random Random { get; }

    internal WireConnection Wire { get; }

    internal string Id { get; }

    /// <summary>Set by the fault "silence": nothing is answered.</summary>
    internal bool Silent { get; set; }

    internal SimulatedSession Seen { get; set; } = null!;

    internal long NowNs => Options.Time.NowNs();

    internal string NewId(string prefix) => $"{prefix}_{_tag}{++_ids:D6}";

    internal void Note(string text) => Options.OnNote?.Invoke(new SimulatorNote(NowNs, Id, text));

    internal void Emit(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        var wire = new JsonObject { ["type"] = type, ["event_id"] = NewId("event") };
        foreach (var (name, value) in fields)
            wire[name] = value is { Parent: not null } ? value.DeepClone() : value;
        EmitRaw(JsonSerializer.SerializeToUtf8Bytes(wire, Relaxed));
    }

    internal void EmitRaw(byte[] message)
    {
        if (!Silent)
            Wire.Send(message);
    }

    internal void EmitError(WireError error, string? eventId)
    {
        Seen.AddError(error);
        Note($"error sent: {error.Code ?? error.Type}: {error.Message}");
        Emit("error", ("error", new JsonObject
        {
            ["type"] = error.Type,
            ["code"] = error.Code,
            ["message"] = error.Message,
            ["param"] = error.Param,
            ["event_id"] = eventId,
        }));
    }

    /// <summary>One error event, then the close frame.</summary>
    internal void Refuse(WireError error, int code, string reason)
    {
        EmitError(error, null);
        CloseWith(code, reason);
    }

    internal void CloseWith(int code, string reason)
    {
        Seen.SetClose(code);
        Note($"closed with {code} {reason}");
        Wire.Close(code, reason);
    }

    internal void Drop(string why)
    {
        Note($"connection dropped: {why}");
        Wire.Abort();
    }
}
