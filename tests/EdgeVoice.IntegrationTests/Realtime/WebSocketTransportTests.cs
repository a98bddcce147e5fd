using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.IntegrationTests.Realtime;

/// <summary>The transport over a real loopback socket; the peer is a bare WebSocket that does as it is told.</summary>
public sealed class WebSocketTransportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Message_InFragments_ArrivesWhole()
    {
        await using var pair = await Pair.ConnectAsync();
        for (var i = 0; i < 10; i++)
            await pair.Peer.SendAsync(Encoding.UTF8.GetBytes($"part{i};"), WebSocketMessageType.Text, i == 9, CancellationToken.None);
        await pair.Peer.SendAsync("next"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await pair.Sink.Until(2);
        Assert.Equal([string.Concat(Enumerable.Range(0, 10).Select(i => $"part{i};")), "next"], pair.Sink.Messages);
    }

    [Fact]
    public async Task Message_OfTwentyMebibytes_ArrivesWhole_AndSmallOnesAfterIt()
    {
        await using var pair = await Pair.ConnectAsync();
        var big = new byte[20 << 20];
        Array.Fill(big, (byte)'x');
        await pair.SendInFragments(big);
        await pair.Peer.SendAsync("small"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await pair.Sink.Until(2);
        Assert.Equal((big.Length, "small"), (pair.Sink.Messages[0].Length, pair.Sink.Messages[1]));
    }

    [Fact]
    public async Task Message_BeyondTheLimit_IsPassedOver_TheNextOneArrives()
    {
        await using var pair = await Pair.ConnectAsync();
        await pair.SendInFragments(new byte[WebSocketTransport.MaxMessageBytes + 1_000_000]);
        await pair.Peer.SendAsync(new byte[10], WebSocketMessageType.Binary, true, CancellationToken.None);
        await pair.Peer.SendAsync("next"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await pair.Sink.Until(3);
        Assert.Equal(["a message of more than 32 MiB", "a binary message", "next"], pair.Sink.Messages.Select(m => m.TrimStart('!')));
    }

    [Fact]
    public async Task Peer_Closes_CodeAndReasonAreTold()
    {
        await using var pair = await Pair.ConnectAsync();
        await pair.Peer.CloseOutputAsync((WebSocketCloseStatus)4004, "invalid_request_error.model_not_found", CancellationToken.None);
        var closed = await pair.Running.WaitAsync(Patience);
        Assert.Equal(new TransportClosed(4004, "invalid_request_error.model_not_found"), closed);
        Assert.False(await pair.Transport.SendAsync("late"u8.ToArray()));
    }

    [Fact]
    public async Task Peer_Vanishes_EndsWithoutACode_SendsAreFalse()
    {
        await using var pair = await Pair.ConnectAsync();
        pair.Cut();
        var closed = await pair.Running.WaitAsync(Patience);
        Assert.Null(closed.Code);
        Assert.NotEmpty(closed.Reason);
        Assert.False(await pair.Transport.SendAsync("late"u8.ToArray()));
    }

    [Fact]
    public async Task Abort_EndsTheReceiveLoop()
    {
        await using var pair = await Pair.ConnectAsync();
        pair.Transport.Abort();
        Assert.Null((await pair.Running.WaitAsync(Patience)).Code);
        await pair.Transport.CloseAsync();
    }

    [Fact]
    public async Task Close_IsAnsweredByThePeer_AndEndsTheLoop()
    {
        await using var pair = await Pair.ConnectAsync();
        await pair.Transport.CloseAsync();
        var end = await pair.Peer.ReceiveAsync(new byte[10], CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        await pair.Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal(1000, (await pair.Running.WaitAsync(Patience)).Code);
    }

    [Fact]
    public async Task Sends_FromManyThreads_ArriveWhole()
    {
        await using var pair = await Pair.ConnectAsync();
        var sends = Enumerable.Range(0, 50).Select(i => Task.Run(async () => await pair.Transport.SendAsync(Encoding.UTF8.GetBytes(new string((char)('A' + i % 26), 3_000)))));
        var received = new HashSet<int>();
        var buffer = new byte[8_192];
        var all = Task.WhenAll(sends);
        for (var i = 0; i < 50; i++)
        {
            var length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await pair.Peer.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(Patience);
                length += result.Count;
            }
            while (!result.EndOfMessage);
            Assert.Equal(3_000, length);
            Assert.Equal(-1, buffer.AsSpan(0, length).IndexOfAnyExcept(buffer[0]));
            received.Add(buffer[0]);
        }

        Assert.All(await all.WaitAsync(Patience), Assert.True);
        Assert.Equal(26, received.Count);
    }

    [Fact]
    public async Task Connect_NobodyThere_IsOneLine()
    {
        var connector = new WebSocketConnector(TimeProvider.System);
        var refused = await Assert.ThrowsAsync<RealtimeConnectException>(
            () => connector.ConnectAsync(new TransportEndpoint(new Uri("ws://127.0.0.1:9/v1"), "secret"), Patience, CancellationToken.None));
        Assert.StartsWith("ws://127.0.0.1:9/v1: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.Null(refused.HttpStatus);
    }

    [Fact]
    public async Task Connect_NobodyAnswers_EndsInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = new Uri($"ws://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        var connector = new WebSocketConnector(TimeProvider.System);
        var late = await Assert.ThrowsAsync<RealtimeConnectException>(
            () => connector.ConnectAsync(new TransportEndpoint(url, null), TimeSpan.FromMilliseconds(300), CancellationToken.None));
        Assert.Contains("no answer within 0.3 s", late.Message, StringComparison.Ordinal);
        using var stop = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connector.ConnectAsync(new TransportEndpoint(url, null), Patience, stop.Token));
    }

    private sealed class Pair : IAsyncDisposable
    {
        private readonly Socket _socket;

        private Pair(Socket socket, WebSocket peer, WebSocketTransport transport)
        {
            _socket = socket;
            Peer = peer;
            Transport = transport;
            Running = transport.RunAsync(Sink);
        }

        public WebSocket Peer { get; }

        public WebSocketTransport Transport { get; }

        public Sink Sink { get; } = new();

        public Task<TransportClosed> Running { get; }

        public static async Task<Pair> ConnectAsync()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
            var socket = await listener.AcceptSocketAsync();
            var options = new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.Zero };
            var near = WebSocket.CreateFromStream(client.GetStream(), options);
            var far = WebSocket.CreateFromStream(
                new NetworkStream(socket, ownsSocket: true), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
            return new Pair(socket, far, new WebSocketTransport(near, TimeProvider.System));
        }

        /// <summary>The connection is gone without a word, as when a router restarts.</summary>
        public void Cut()
        {
            _socket.LingerState = new LingerOption(true, 0);
            _socket.Close();
        }

        public async Task SendInFragments(byte[] message)
        {
            const int Piece = 1 << 16;
            for (var at = 0; at < message.Length; at += Piece)
            {
                var count = Math.Min(Piece, message.Length - at);
                await Peer.SendAsync(message.AsMemory(at, count), WebSocketMessageType.Text, at + count == message.Length, CancellationToken.None);
            }
        }

        public async ValueTask DisposeAsync()
        {
            Transport.Dispose();
            await Running.WaitAsync(Patience);
            Peer.Dispose();
        }
    }

    private sealed class Sink : IMessageSink
    {
        private readonly SemaphoreSlim _arrived = new(0);

        public List<string> Messages { get; } = [];

        public void OnMessage(ReadOnlySpan<byte> utf8) => Add(Encoding.UTF8.GetString(utf8));

        public void OnUnusable(string what) => Add("!" + what);

        public async Task Until(int count)
        {
            for (var i = 0; i < count; i++) Assert.True(await _arrived.WaitAsync(Patience));
        }

        private void Add(string message)
        {
            Messages.Add(message);
            _arrived.Release();
        }
    }
}
