using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>Messages that no client should meet, and every client has to survive.</summary>
/// <remarks>Under the session's gate.</remarks>
internal static class StrangeMessage
{
    private const int HugeEventBytes = 20 << 20;

    /// <summary>The modes that are such a message.</summary>
    internal static readonly FaultMode[] Modes =
        [FaultMode.Binary, FaultMode.HalfJson, FaultMode.Huge, FaultMode.OddBase64, FaultMode.Stranger, FaultMode.Unknown];

    internal static void Send(SessionCore core, FaultMode mode, string responseId, string itemId)
    {
        switch (mode)
        {
            case FaultMode.Binary:
                core.Wire.Send([0x00, 0xFF, 0x7B, 0x22], WebSocketMessageType.Binary);
                break;
            case FaultMode.HalfJson:
                core.EmitRaw("{\"type\":\"response.output_audio.delta\",\"event_id\":\"half\",\"del"u8.ToArray());
                break;
            case FaultMode.Huge:
                core.EmitRaw(Huge());
                break;
            case FaultMode.OddBase64:
                EmitDelta(core, responseId, itemId, "AAAAAAA");
                break;
            case FaultMode.Stranger:
                EmitDelta(core, "resp_nobody", "item_nobody", Convert.ToBase64String(new byte[4800]));
                break;
            case FaultMode.Unknown:
                EmitUnknown(core);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "no strange message");
        }
    }

    internal static void EmitDelta(SessionCore core, string responseId, string itemId, string delta) => core.Emit(
        "response.output_audio.delta",
        ("response_id", responseId), ("item_id", itemId), ("output_index", 0), ("content_index", 0), ("delta", delta));

    private static void EmitUnknown(SessionCore core)
    {
        core.Emit("response.hologram.delta", ("delta", "AAAA"), ("depth", 3));
        core.Emit("simulator.weather", ("sky", "clear"), ("nested", new JsonObject { ["a"] = new JsonArray(1, 2) }));
        core.Emit("rate_limits.updated", ("rate_limits", new JsonArray()), ("forecast", "unknown field"));
    }

    private static byte[] Huge()
    {
        var head = Encoding.ASCII.GetBytes("{\"type\":\"simulator.padding\",\"event_id\":\"huge\",\"padding\":\"");
        var message = new byte[HugeEventBytes];
        message.AsSpan().Fill((byte)'x');
        head.CopyTo(message, 0);
        message[^2] = (byte)'"';
        message[^1] = (byte)'}';
        return message;
    }
}
