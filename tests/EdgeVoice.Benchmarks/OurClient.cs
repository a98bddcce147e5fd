using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks;

/// <summary>The device's own path: connector, transport, reader, downlink, the ring that the loudspeaker empties.</summary>
internal sealed class OurClient : IFloodClient, IRealtimeListener
{
    private static readonly InputAudioBufferCommit Go = new();
    private readonly PlaybackQueues _queues = new();
    private readonly SemaphoreSlim _complete = new(0);
    private IRealtimeTransport? _transport;
    private Task _running = Task.CompletedTask;
    private int _left;

    /// <summary>The connection that appends go out on.</summary>
    public RealtimeConnection Connection { get; private set; } = null!;

    public async Task ConnectAsync(int port, string model)
    {
        var endpoint = new TransportEndpoint(new Uri($"ws://127.0.0.1:{port}/v1/realtime?model={model}"), "sk-none");
        _transport = await new WebSocketConnector(TimeProvider.System).ConnectAsync(endpoint, TimeSpan.FromSeconds(5), CancellationToken.None);
        var downlink = new AudioDownlink(
            _queues.Samples, _queues.Segments, AudioCoding.Pcm16, 24_000, TimeProvider.System, _ => { }, Taken);
        Connection = new RealtimeConnection(_transport, new ServerEventReader(new ProtocolCounters()), downlink, this, NullLogger.Instance);
        _running = Connection.RunAsync();
    }

    public Task ReceiveAsync(int count)
    {
        Volatile.Write(ref _left, count);
        Connection.Post(Go);
        return _complete.WaitAsync();
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> pcm, int count)
    {
        var message = new byte[AppendEncoder.MaxLength(pcm.Length)];
        for (var i = 0; i < count; i++)
        {
            var length = AppendEncoder.Encode(pcm.Span, message);
            if (!await Connection.SendAsync(message.AsMemory(0, length))) throw new IOException("the server has gone");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Abort();
        await _running;
        _transport!.Dispose();
    }

    void IRealtimeListener.OnLink(LinkNews news)
    {
    }

    void IRealtimeListener.OnEvent(ServerEvent serverEvent) =>
        throw new InvalidOperationException($"the server sends deltas only, here came {serverEvent.GetType().Name}");

    // What the loudspeaker's thread would do, without the cost of another thread: everything has been heard.
    private void Taken()
    {
        _queues.Samples.Release(_queues.Samples.WritePosition);
        while (_queues.Segments.TryRead(out _))
        {
        }

        if (Interlocked.Decrement(ref _left) == 0) _complete.Release();
    }
}
