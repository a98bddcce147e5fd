using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace EdgeVoice.Simulator.Server;

/// <summary>One socket: a bounded queue to the client, whole messages from it.</summary>
/// <remarks>Send, Close and Abort: any thread, never blocking. ReceiveAsync and RunSenderAsync: one caller each.</remarks>
internal sealed class WireConnection(WebSocket socket, TransportGate gate, Action abort, Random? fragments)
{
    /// <summary>Largest message taken: 15 MiB of audio in base64 and room for the rest.</summary>
    internal const int MaxMessageBytes = 32 << 20;

    // A frame is copied into a buffer of the run-time's, which keeps it: a huge message must not leave tens of megabytes behind.
    private const int MaxFrameBytes = 128 << 10;

    /// <summary>Marks bytes that go out as they are.</summary>
    private const WebSocketMessageType Garbage = (WebSocketMessageType)(-1);

    private const long RoomBytes = 1 << 20;
    private const long MaxQueuedBytes = 64 << 20;

    private readonly Channel<Outgoing> _queue = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private long _queued;
    private TaskCompletionSource? _room;
    private volatile bool _frozen;

    /// <summary>The close code the client sent; null when it sent none.</summary>
    internal int? ClientCloseCode => (int?)socket.CloseStatus;

    internal void Send(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        lock (_gate)
        {
            if (!_queue.Writer.TryWrite(new Outgoing(message, type, 0, "")))
                return;
            _queued += message.Length;
            if (_queued <= MaxQueuedBytes)
                return;
        }
        Abort();
    }

    /// <summary>Sends a close frame after what is queued; nothing goes out after it.</summary>
    internal void Close(int code, string reason)
    {
        _queue.Writer.TryWrite(new Outgoing([], WebSocketMessageType.Close, code, reason));
        _queue.Writer.TryComplete();
    }

    /// <summary>Queues bytes that are no frame: reserved bits, a reserved opcode, an endless length.</summary>
    internal void SendGarbage() => _queue.Writer.TryWrite(new Outgoing([0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Garbage, 0, ""));

    /// <summary>Nothing is read any more, and what is queued goes nowhere. TCP stays up.</summary>
    internal void HalfOpen()
    {
        _frozen = true;
        gate.Hold();
    }

    /// <summary>Nothing is read for so many milliseconds; 0: ever.</summary>
    internal void StopReading(TimeProvider time, int ms)
    {
        gate.Hold();
        if (ms > 0)
            _ = ReadOnAsync(time, ms);
    }

    /// <summary>Ends the TCP connection at once.</summary>
    internal void Abort()
    {
        _queue.Writer.TryComplete();
        abort();
        lock (_gate)
            _room?.TrySetResult();
    }

    /// <summary>Returns when less than 1 MiB waits to be sent, so that a slow reader holds up only its own answer.</summary>
    internal Task WaitForRoomAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_queued < RoomBytes)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellation);
        }
    }

    internal async Task RunSenderAsync(CancellationToken cancellation)
    {
        await foreach (var item in _queue.Reader.ReadAllAsync(cancellation))
        {
            if (_frozen)
            {
                Sent(item.Bytes.Length);
                continue;
            }
            if (item.Type == Garbage)
            {
                await gate.WriteAsync(item.Bytes, cancellation);
                continue;
            }
            if (item.Type == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)item.Code, Encoding.UTF8.GetByteCount(item.Reason) <= 123 ? item.Reason : "", cancellation);
                return;
            }
            await SendPartsAsync(item, cancellation);
            Sent(item.Bytes.Length);
        }
    }

    /// <summary>The next whole message; null when the client closed or the message is too large (then a close 1009 is queued).</summary>
    internal async Task<(WebSocketMessageType Type, byte[] Bytes)?> ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 << 10];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
                return null;
            if (length > MaxMessageBytes)
            {
                Close(1009, "message too big");
                return null;
            }
            if (result.EndOfMessage)
                return (result.MessageType, buffer[..length]);
        }
    }

    private async Task ReadOnAsync(TimeProvider time, int ms)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(ms), time);
        gate.Release();
    }

    private async Task SendPartsAsync(Outgoing item, CancellationToken cancellation)
    {
        var rest = item.Bytes.AsMemory();
        while (rest.Length > (fragments is null ? MaxFrameBytes : 1))
        {
            var size = fragments is null ? MaxFrameBytes : Math.Min(rest.Length - 1, fragments.Next(1, item.Bytes.Length > 4000 ? 1000 : 100));
            await socket.SendAsync(rest[..size], item.Type, endOfMessage: false, cancellation);
            rest = rest[size..];
        }
        await socket.SendAsync(rest, item.Type, endOfMessage: true, cancellation);
    }

    private void Sent(int bytes)
    {
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            _queued -= bytes;
            if (_queued < RoomBytes)
                (waiting, _room) = (_room, null);
        }
        waiting?.TrySetResult();
    }

    private readonly record struct Outgoing(byte[] Bytes, WebSocketMessageType Type, int Code, string Reason);
}
