using System.Collections.Concurrent;
using System.Text;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.Benchmarks;

/// <summary>A server without a socket: its messages arrive on a receive loop of their own, one after the other.</summary>
internal sealed class BargeInTransport(TimeProvider time) : IRealtimeConnector, IRealtimeTransport
{
    private readonly BlockingCollection<byte[]> _messages = [];
    private long _speechStartedNs;

    /// <summary>When the receive loop had the last speech_started in hand.</summary>
    public long SpeechStartedNs => Volatile.Read(ref _speechStartedNs);

    public void Say(string json) => _messages.Add(Encoding.UTF8.GetBytes(json));

    public Task<IRealtimeTransport> ConnectAsync(TransportEndpoint endpoint, TimeSpan timeout, CancellationToken stop)
    {
        Say("""{"type":"session.created","session":{"type":"realtime","id":"s"}}""");
        return Task.FromResult<IRealtimeTransport>(this);
    }

    public Task<TransportClosed> RunAsync(IMessageSink sink) => Task.Factory.StartNew(() =>
    {
        foreach (var message in _messages.GetConsumingEnumerable())
        {
            if (message.AsSpan().IndexOf("speech_started"u8) >= 0) Volatile.Write(ref _speechStartedNs, time.NowNs());
            sink.OnMessage(message);
        }

        return new TransportClosed(null, "over");
    }, TaskCreationOptions.LongRunning);

    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.IndexOf("\"session.update\""u8) >= 0) Say("""{"type":"session.updated","session":{"type":"realtime","id":"s"}}""");
        return ValueTask.FromResult(!_messages.IsAddingCompleted);
    }

    public Task CloseAsync()
    {
        Abort();
        return Task.CompletedTask;
    }

    public void Abort() => _messages.CompleteAdding();

    // Its one connection and it are the same thing; the queue is needed to the end.
    public void Dispose()
    {
    }
}
