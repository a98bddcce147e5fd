using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

/// <summary>A Realtime client without any comfort: sends JSON, keeps every event.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();

    internal List<JsonObject> Events { get; } = [];

    internal List<(WebSocketMessageType Type, byte[] Bytes)> Strange { get; } = [];

    internal int? CloseCode => (int?)_socket.CloseStatus;

    internal string? CloseReason => _socket.CloseStatusDescription;

    internal static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    internal static async Task<WireClient> ConnectAsync(SimulatorServer server, string query = "?model=gpt-realtime", Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new WireClient();
        configure?.Invoke(client._socket.Options);
        await client._socket.ConnectAsync(new Uri(server.Url + query), Soon);
        return client;
    }

    /// <summary>A session without turn detection.</summary>
    internal static async Task<WireClient> PushToTalkAsync(SimulatorServer server)
    {
        var client = await ConnectAsync(server);
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}""");
        await client.UntilAsync("session.updated");
        return client;
    }

    internal Task SendAsync(string json) => _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, Soon);

    internal Task SendBinaryAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, Soon);

    internal Task AppendAsync(ReadOnlySpan<byte> bytes) =>
        SendAsync(new JsonObject { ["type"] = "input_audio_buffer.append", ["audio"] = Convert.ToBase64String(bytes) }.ToJsonString());

    /// <summary>Appends PCM16 in pieces of 40 ms at 24 kHz.</summary>
    internal async Task SpeakAsync(short[] samples)
    {
        foreach (var piece in samples.Chunk(960))
            await AppendAsync(Bytes(piece));
    }

    /// <summary>Commit and ask for an answer.</summary>
    internal async Task CommitAsync()
    {
        await SendAsync("""{"type":"input_audio_buffer.commit"}""");
        await SendAsync("""{"type":"response.create"}""");
    }

    /// <summary>Reads until an event of that type came and returns it.</summary>
    internal async Task<JsonObject> UntilAsync(string type)
    {
        while (true)
        {
            var next = await NextAsync() ?? throw new InvalidOperationException($"closed with {CloseCode} {CloseReason} before {type}; had {string.Join(' ', Types())}");
            if (Type(next) == type)
                return next;
        }
    }

    /// <summary>The next event; null when the server closed. Whatever is no JSON object goes to Strange.</summary>
    internal async Task<JsonObject?> NextAsync()
    {
        while (true)
        {
            var buffer = new byte[64 << 10];
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult result;
            do
            {
                result = await _socket.ReceiveAsync(buffer.AsMemory(), Soon);
                message.Write(buffer, 0, result.Count);
            }
            while (!result.EndOfMessage);
            if (result.MessageType == WebSocketMessageType.Close)
                return null;
            if (Parse(result.MessageType, message.ToArray()) is { } wire)
            {
                Events.Add(wire);
                return wire;
            }
        }
    }

    internal async Task UntilClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    internal IEnumerable<string> Types() => Events.Select(Type);

    internal IEnumerable<JsonObject> All(string type) => Events.Where(wire => Type(wire) == type);

    /// <summary>The sound of an item as a client decodes it: bytes joined, a byte carried from delta to delta.</summary>
    internal byte[] Sound(string itemId) =>
        [.. All("response.output_audio.delta").Where(wire => Text(wire, "item_id") == itemId).SelectMany(wire => Convert.FromBase64String(Text(wire, "delta")))];

    internal static byte[] Bytes(ReadOnlySpan<short> samples)
    {
        var bytes = new byte[samples.Length * 2];
        Buffer.BlockCopy(samples.ToArray(), 0, bytes, 0, bytes.Length);
        return bytes;
    }

    internal static string Type(JsonObject wire) => Text(wire, "type");

    internal static string Text(JsonNode wire, string name) => wire[name]!.GetValue<string>();

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private JsonObject? Parse(WebSocketMessageType type, byte[] bytes)
    {
        try
        {
            if (type == WebSocketMessageType.Text && JsonNode.Parse(bytes) is JsonObject wire)
                return wire;
        }
        catch (System.Text.Json.JsonException)
        {
            // Kept below.
        }
        Strange.Add((type, bytes));
        return null;
    }
}
