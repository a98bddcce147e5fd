using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Realtime;

/// <summary>Keeps one configured connection to a Realtime server open for as long as it runs.</summary>
/// <remarks>
/// What dies with a socket lives in <see cref="RealtimeConnection"/>; what survives lives here. <see cref="RunAsync"/> is
/// called once. <see cref="Post"/> may be called by anyone.
/// </remarks>
public sealed partial class RealtimeSession(
    IRealtimeConnector connector,
    Func<TransportEndpoint> endpoint,
    Func<SessionUpdate> settings,
    IAudioDeltaSink audio,
    IRealtimeListener listener,
    ProtocolCounters counters,
    TimeProvider time,
    ILogger<RealtimeSession> log)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ConfigureTimeout = TimeSpan.FromSeconds(10);
    private readonly ILogger _log = log;
    private RealtimeConnection? _connection;
    private readonly RepeatGate _losses = new(time);
    private int _connections;
    private long? _readySince;
    private bool _lossTold = true;

    /// <summary>Connections that became ready, less the first.</summary>
    public int Reconnects => Math.Max(0, Volatile.Read(ref _connections) - 1);

    /// <summary>Queues a client event on the connection that is ready now; false when there is none.</summary>
    public bool Post(ClientEvent clientEvent) => Volatile.Read(ref _connection)?.Post(clientEvent) ?? false;

    /// <summary>Connects, and connects again, until <paramref name="stop"/>; then closes politely.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var retry = new RetryDelay();
        while (!stop.IsCancellationRequested)
        {
            listener.OnLink(new LinkNews(LinkStage.Connecting));
            _readySince = null;
            var (cause, fatal, trouble) = await ConnectOnceAsync(stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested) return;
            listener.OnLink(new LinkNews(fatal ? LinkStage.Refused : LinkStage.Lost, Cause: cause, Trouble: trouble));
            var lasted = _readySince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
            var delay = retry.Next(lasted, fatal);
            TellLoss(cause, delay, lasted);
            await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A server that stays away for a night, or drops every connection at once, must not fill the log.
    private void TellLoss(string cause, TimeSpan delay, TimeSpan lasted)
    {
        if (lasted >= RetryDelay.Proof) _losses.Reset();
        _lossTold = _losses.Count(cause);
        if (!_lossTold) return;
        if (_losses.Times == 1) LogLost(cause, delay.TotalSeconds);
        else LogStillLost(_losses.Times, cause, delay.TotalSeconds);
    }

    private async Task<LinkFailure> ConnectOnceAsync(CancellationToken stop)
    {
        try
        {
            var at = endpoint();
            using var transport = await connector.ConnectAsync(at, ConnectTimeout, stop).ConfigureAwait(false);
            return await RunConnectionAsync(transport, at, stop).ConfigureAwait(false);
        }
        catch (RealtimeConnectException e)
        {
            return new LinkFailure(e.Message, CloseCause.IsFatalStatus(e.HttpStatus), e.Trouble);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new LinkFailure("stopping", IsFatal: false);
        }
    }

    private async Task<LinkFailure> RunConnectionAsync(
        IRealtimeTransport transport, TransportEndpoint at, CancellationToken stop)
    {
        audio.Reset();
        var connection = new RealtimeConnection(transport, new ServerEventReader(counters), audio, listener, _log);
        var running = connection.RunAsync();
        var ending = Task.CompletedTask;
        var stopping = stop.Register(() => ending = EndAsync(connection, running));
        var refusal = await connection.ConfigureAsync(settings(), ConfigureTimeout, time).ConfigureAwait(false);
        if (refusal is null)
        {
            _readySince = time.GetTimestamp();
            Interlocked.Increment(ref _connections);
            Volatile.Write(ref _connection, connection);
            if (_lossTold) LogReady(at);
            listener.OnLink(new LinkNews(LinkStage.Ready, connection));
        }
        else
        {
            await EndAsync(connection, running).ConfigureAwait(false);
        }

        var closed = await running.ConfigureAwait(false);
        Volatile.Write(ref _connection, null);
        await stopping.DisposeAsync().ConfigureAwait(false);
        await ending.ConfigureAwait(false);
        return CloseCause.Explain(at, closed, connection.LastError, refusal);
    }

    // A close frame, a moment for the peer's own, then the end.
    private async Task EndAsync(RealtimeConnection connection, Task running)
    {
        await connection.CloseAsync().ConfigureAwait(false);
        await running.WaitAsync(GoodbyeTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Abort();
    }
}
