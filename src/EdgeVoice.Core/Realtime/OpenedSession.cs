using System.Buffers;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.Core.Realtime;

/// <summary>A connection and its socket, from the upgrade to the end.</summary>
/// <remarks>One owner, which disposes it once <see cref="Running"/> has ended.</remarks>
internal sealed class OpenedSession(IRealtimeTransport transport, RealtimeConnection connection, TransportEndpoint at, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromMilliseconds(500);
    private readonly long _opened = time.GetTimestamp();

    public TransportEndpoint At { get; } = at;

    public RealtimeConnection Connection { get; } = connection;

    /// <summary>Receives until the connection ends.</summary>
    public Task<TransportClosed> Running { get; } = connection.RunAsync();

    /// <summary>Time since it was opened.</summary>
    public TimeSpan Age => time.GetElapsedTime(_opened);

    /// <summary>When it has to be exchanged.</summary>
    public SessionClock Clock => SessionClock.From(Connection.ExpiresAt, transport.ServerTime, time.GetUtcNow());

    /// <summary>Sends events in this order, past the outbox, which does not hold so many; false when the connection is gone.</summary>
    public async Task<bool> SendAsync(IEnumerable<ClientEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        foreach (var clientEvent in events)
        {
            buffer.ResetWrittenCount();
            ClientEventWriter.Write(buffer, clientEvent);
            if (!await Connection.SendAsync(buffer.WrittenMemory).ConfigureAwait(false)) return false;
        }

        return true;
    }

    /// <summary>A close frame, a moment for the peer's own, then the end.</summary>
    public async Task EndAsync()
    {
        await Connection.CloseAsync().ConfigureAwait(false);
        await ((Task)Running).WaitAsync(GoodbyeTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Connection.Abort();
        await Running.ConfigureAwait(false);
    }

    public void Dispose() => transport.Dispose();
}
