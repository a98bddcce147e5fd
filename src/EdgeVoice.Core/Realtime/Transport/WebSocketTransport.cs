using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime.Transport;

/// <summary>A connection over one <see cref="WebSocket"/>.</summary>
/// <remarks>
/// The receive loop is one flat method over one buffer that grows to the largest message: a nested async method on this path
/// costs about 128 bytes a message. Sends pass no cancellation token (the allocation-free path) and are ended by
/// <see cref="Abort"/>.
/// </remarks>
public sealed class WebSocketTransport(WebSocket socket, TimeProvider time) : IRealtimeTransport
{
    /// <summary>Largest message taken, bytes: 15 MiB of audio in base64 and room to spare. A larger one is passed over.</summary>
    public const int MaxMessageBytes = 32 << 20;

    private const int InitialBytes = 64 << 10;
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _buffer = new byte[InitialBytes];

    /// <inheritdoc />
    public DateTimeOffset? ServerTime { get; init; }

    /// <inheritdoc />
    public async Task<TransportClosed> RunAsync(IMessageSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var length = 0;
        var skipping = false;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close) return await ClosedByPeerAsync().ConfigureAwait(false);
                length += received.Count;
                if (received.EndOfMessage)
                {
                    if (skipping) sink.OnUnusable($"a message of more than {MaxMessageBytes >> 20} MiB");
                    else if (received.MessageType == WebSocketMessageType.Binary) sink.OnUnusable("a binary message");
                    else sink.OnMessage(_buffer.AsSpan(0, length));
                    length = 0;
                    skipping = false;
                    // One huge message must not hold its memory for the rest of the session.
                    if (_buffer.Length > 16 * InitialBytes) _buffer = new byte[InitialBytes];
                }
                else if (length == _buffer.Length)
                {
                    if (_buffer.Length >= MaxMessageBytes) skipping = true;
                    else Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxMessageBytes));
                    if (skipping) length = 0;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            var code = socket.CloseStatus is { } status ? (int?)status : null;
            return new TransportClosed(code, OneLine.Of(socket.CloseStatusDescription ?? e.Message));
        }
    }

    /// <inheritdoc />
    // Pooled: a send that has to wait for the peer costs nothing either. Awaited once, as every ValueTask.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (socket.State != WebSocketState.Open) return false;
            await socket.SendAsync(utf8, WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <inheritdoc />
    public async Task CloseAsync()
    {
        using var deadline = new CancellationTokenSource(CloseDeadline, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer was faster; the connection is being given up either way.
            socket.Abort();
        }
    }

    /// <inheritdoc />
    public void Abort() => socket.Abort();

    /// <inheritdoc />
    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }

    private async Task<TransportClosed> ClosedByPeerAsync()
    {
        var closed = new TransportClosed((int?)socket.CloseStatus, OneLine.Of(socket.CloseStatusDescription));
        await CloseAsync().ConfigureAwait(false);
        return closed;
    }
}
