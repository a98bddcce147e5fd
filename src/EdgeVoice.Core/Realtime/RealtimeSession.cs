using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Realtime;

/// <summary>
/// Keeps one configured connection to a Realtime server open for as long as it runs. A server that is away is tried again and again, one
/// that refuses for a cause of ours only when the cause may have gone: another key or address, another network, or a person who waits.
/// A new session is told what <c>recall</c> remembers of the conversation; one that the server is about to end is exchanged before.
/// </summary>
/// <remarks>
/// What dies with a socket lives in <see cref="RealtimeConnection"/>; what survives lives here. <see cref="RunAsync"/> is
/// called once. <see cref="Post"/>, <see cref="TryNow"/> and <see cref="Hurry"/> may be called by anyone.
/// </remarks>
public sealed partial class RealtimeSession(
    IRealtimeConnector connector,
    Func<TransportEndpoint> endpoint,
    Func<SessionUpdate> settings,
    Func<HandoverMoment, Task<IReadOnlyList<ClientEvent>?>> recall,
    IAudioDeltaSink audio,
    IRealtimeListener listener,
    ProtocolCounters counters,
    TimeProvider time,
    Random random,
    Func<bool> isWaitedFor,
    ILogger<RealtimeSession> log)
{
    // From the first packet to the settings taken: what takes longer will not come.
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(10);

    // An attempt older than this is not waited for by whoever wants an answer: connecting takes a tenth of it.
    private static readonly TimeSpan Promising = TimeSpan.FromSeconds(2);
    private readonly ILogger _log = log;
    private readonly RetryPause _pause = new(time, random);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _attempt;
    private int _attempts;
    private long _attemptBegan;
    private RealtimeConnection? _connection;
    private TransportEndpoint? _tried;
    private readonly RepeatGate _losses = new(time);
    private int _connections;
    private int _rotations;
    private long? _readySince;
    private bool _lossTold = true;

    /// <summary>Connections that became ready, less the first.</summary>
    public int Reconnects => Math.Max(0, Volatile.Read(ref _connections) - 1);

    /// <summary>Sessions exchanged for another one before the server ended them.</summary>
    public int Rotations => Volatile.Read(ref _rotations);

    /// <summary>Queues a client event on the connection that is ready now; false when there is none.</summary>
    public bool Post(ClientEvent clientEvent) => Volatile.Read(ref _connection)?.Post(clientEvent) ?? false;

    /// <summary>Something has changed that an attempt may need, such as the network: the next one is made now.</summary>
    public void TryNow()
    {
        // An attempt that the end of the pause lets begin is not one of before the change.
        var before = Volatile.Read(ref _attempts);
        _pause.End();
        Restart(before, TimeSpan.Zero);
    }

    /// <summary>A person has begun to wait: the next attempt is made within a second, even where trying had been given up.</summary>
    public void Hurry()
    {
        _pause.Hurry();
        Restart(Volatile.Read(ref _attempts), Promising);
    }

    /// <summary>Connects, and connects again, until <paramref name="stop"/>; then closes politely.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var retry = new RetryDelay(random);
        while (!stop.IsCancellationRequested)
        {
            listener.OnLink(new LinkNews(LinkStage.Connecting));
            _readySince = null;
            var failure = await ConnectOnceAsync(stop).ConfigureAwait(false);
            RenewedByChance();
            if (stop.IsCancellationRequested) return;
            listener.OnLink(new LinkNews(failure.IsFatal ? LinkStage.Refused : LinkStage.Lost, Cause: failure.Cause, Trouble: failure.Trouble));
            var lasted = _readySince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
            var delay = retry.Next(failure, lasted, isWaitedFor());
            TellLoss(failure.Cause, delay, lasted);
            await _pause.WaitAsync(delay, failure.RetryAfter is null ? null : delay, () => Endpoint() != _tried, stop).ConfigureAwait(false);
        }
    }

    // A file with the key that cannot be read now may be readable later: that is a change like any other.
    private TransportEndpoint? Endpoint()
    {
        try
        {
            return endpoint();
        }
        catch (RealtimeConnectException)
        {
            return null;
        }
    }

    // Gives up an attempt if it is under way, once it has taken so long; another one follows.
    private void Restart(int number, TimeSpan after)
    {
        lock (_gate)
        {
            if (_attempt is null || _attempts != number) return;
            var left = after - time.GetElapsedTime(_attemptBegan);
            _attempt.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private CancellationTokenSource BeginAttempt()
    {
        var attempt = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        lock (_gate) (_attempt, _attempts, _attemptBegan) = (attempt, _attempts + 1, time.GetTimestamp());
        return attempt;
    }

    private void EndAttempt()
    {
        lock (_gate) _attempt = null;
    }

    // A server that stays away for a night, or drops every connection at once, must not fill the log.
    private void TellLoss(string cause, TimeSpan? pause, TimeSpan lasted)
    {
        if (lasted >= RetryDelay.Proof) _losses.Reset();
        _lossTold = _losses.Count(OneLine.KindOf(cause));
        if (!_lossTold) return;
        if (pause is not { } delay) LogRefused(cause);
        else if (_losses.Times == 1) LogLost(cause, delay.TotalSeconds);
        else LogStillLost(_losses.Times, cause, delay.TotalSeconds);
    }

    private async Task<LinkFailure> ConnectOnceAsync(CancellationToken stop)
    {
        using var attempt = BeginAttempt();
        OpenedSession? opened = null;
        try
        {
            _tried = null;
            _tried = endpoint();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, attempt.Token);
            (opened, var failure) = await OpenAsync(_tried, isStandby: false, either.Token).ConfigureAwait(false);
            if (opened is null) return failure;
            var memory = await recall(HandoverMoment.Now).WaitAsync(stop).ConfigureAwait(false);
            await opened.SendAsync(memory ?? []).ConfigureAwait(false);
            EndAttempt();
            return await ServeAsync(opened, stop).ConfigureAwait(false);
        }
        catch (RealtimeConnectException e)
        {
            return new LinkFailure(e.Message, CloseCause.IsFatalStatus(e.HttpStatus), e.Trouble, e.RetryAfter, CloseCause.MayPass(e.HttpStatus));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (opened is not null) await EndAsync(opened).ConfigureAwait(false);
            return new LinkFailure("stopping", IsFatal: false);
        }
        catch (OperationCanceledException)
        {
            return new LinkFailure($"{_tried}: no answer so far; trying anew", IsFatal: false);
        }
        finally
        {
            EndAttempt();
        }
    }

    // Connected, greeted and configured, all within one deadline; or why not.
    private async Task<(OpenedSession? Session, LinkFailure Failure)> OpenAsync(TransportEndpoint at, bool isStandby, CancellationToken giveUp)
    {
        var began = time.GetTimestamp();
        var transport = await connector.ConnectAsync(at, OpenTimeout, giveUp).ConfigureAwait(false);
        if (!isStandby) audio.Reset();
        var opened = new OpenedSession(transport, new RealtimeConnection(transport, new ServerEventReader(counters), audio, listener, _log, isStandby), at, time);
        var refusal = await ConfigureAsync(opened.Connection, OpenTimeout - time.GetElapsedTime(began), giveUp).ConfigureAwait(false);
        if (refusal is null) return (opened, default);
        using (opened)
        {
            await opened.EndAsync().ConfigureAwait(false);
            giveUp.ThrowIfCancellationRequested();
            return (null, CloseCause.Explain(at, await opened.Running.ConfigureAwait(false), opened.Connection.LastError, refusal));
        }
    }

    private async Task<string?> ConfigureAsync(RealtimeConnection connection, TimeSpan left, CancellationToken giveUp)
    {
        await using var givenUp = giveUp.Register(connection.Abort).ConfigureAwait(false);
        try
        {
            return await connection.ConfigureAsync(settings()).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, giveUp).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return $"no Realtime session within {OpenTimeout.TotalSeconds:0} s; is this a Realtime server?";
        }
        catch (OperationCanceledException)
        {
            return "given up";
        }
    }

    private void Announce(OpenedSession opened, HandoverMoment? handover)
    {
        if (handover is null)
        {
            _readySince = time.GetTimestamp();
            _pause.Forget();
            Interlocked.Increment(ref _connections);
            if (_lossTold) LogReady(opened.At);
        }

        Volatile.Write(ref _connection, opened.Connection);
        listener.OnLink(new LinkNews(LinkStage.Ready, opened.Connection, Handover: handover));
    }
}
