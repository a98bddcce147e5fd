using System.Net.WebSockets;

namespace EdgeVoice.Benchmarks;

/// <summary>What the run-time's socket costs by itself: messages are received and thrown away, sent without being made.</summary>
internal sealed class SocketClient : IFloodClient
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 << 10];

    public Task ConnectAsync(int port, string model) =>
        _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/v1/realtime?model={model}"), CancellationToken.None);

    public async Task ReceiveAsync(int count)
    {
        await _socket.SendAsync("{}"u8.ToArray().AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);
        while (count > 0)
            if ((await _socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None)).EndOfMessage) count--;
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> pcm, int count)
    {
        // As long as the event would be; text has to be text.
        var message = new byte[Core.Realtime.Protocol.AppendEncoder.MaxLength(pcm.Length)];
        message.AsSpan().Fill((byte)'A');
        for (var i = 0; i < count; i++) await _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
