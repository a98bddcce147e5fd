using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Real connections, and when the first message with these words in it came out of the socket.</summary>
internal sealed class ArrivalClock(byte[] words) : IRealtimeConnector
{
    private readonly WebSocketConnector _inner = new(TimeProvider.System);
    private long _arrivedNs;

    /// <summary>Monotonic nanoseconds; 0 before.</summary>
    public long ArrivedNs => Volatile.Read(ref _arrivedNs);

    public async Task<IRealtimeTransport> ConnectAsync(TransportEndpoint endpoint, TimeSpan timeout, CancellationToken stop) =>
        new Transport(await _inner.ConnectAsync(endpoint, timeout, stop), this);

    private sealed class Transport(IRealtimeTransport inner, ArrivalClock clock) : IRealtimeTransport
    {
        public Task<TransportClosed> RunAsync(IMessageSink sink) => inner.RunAsync(new Sink(sink, clock));

        public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8) => inner.SendAsync(utf8);

        public Task CloseAsync() => inner.CloseAsync();

        public void Abort() => inner.Abort();

        public void Dispose() => inner.Dispose();
    }

    private sealed class Sink(IMessageSink inner, ArrivalClock clock) : IMessageSink
    {
        public void OnMessage(ReadOnlySpan<byte> utf8)
        {
            if (clock.ArrivedNs == 0 && utf8.Length < 1_000 && utf8.IndexOf(clock.Words) >= 0)
                Volatile.Write(ref clock._arrivedNs, TimeProvider.System.NowNs());
            inner.OnMessage(utf8);
        }

        public void OnUnusable(string what) => inner.OnUnusable(what);
    }

    private byte[] Words => words;
}
