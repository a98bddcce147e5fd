using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime.Transport;

/// <summary>Where a session connects, and how it says who it is.</summary>
/// <param name="Url">Full URL with its query.</param>
/// <param name="BearerToken">Sent as <c>Authorization: Bearer</c>; null or empty: no header.</param>
public sealed record TransportEndpoint(Uri Url, string? BearerToken)
{
    /// <summary>Host and path only: never the token.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);
}

/// <summary>How a connection ended.</summary>
/// <param name="Code">Close code of the peer, or null when the connection just broke.</param>
/// <param name="Reason">The peer's reason or the error's message; one line.</param>
public sealed record TransportClosed(int? Code, string Reason);

/// <summary>Receives whole messages on the receive loop; must not block.</summary>
public interface IMessageSink
{
    /// <summary>One text message as UTF-8; the span is valid only during the call.</summary>
    void OnMessage(ReadOnlySpan<byte> utf8);

    /// <summary>A message that was not text, or larger than the limit, was passed over.</summary>
    void OnUnusable(string what);
}

/// <summary>One connection that carries JSON text messages both ways.</summary>
/// <remarks>
/// <see cref="RunAsync"/> is called once; <see cref="SendAsync"/> by anyone (sends are put one after the other);
/// <see cref="Abort"/> by anyone, and ends both at once.
/// </remarks>
public interface IRealtimeTransport : IDisposable
{
    /// <summary>The server's time when it took the connection; null: it did not tell.</summary>
    DateTimeOffset? ServerTime => null;

    /// <summary>Receives until the connection ends; never throws for a broken connection.</summary>
    Task<TransportClosed> RunAsync(IMessageSink sink);

    /// <summary>Sends one whole text message; false when the connection is gone.</summary>
    ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8);

    /// <summary>Ends politely: a close frame, then at most a second of waiting.</summary>
    Task CloseAsync();

    /// <summary>Cuts the connection at once.</summary>
    void Abort();
}

/// <summary>Opens connections.</summary>
public interface IRealtimeConnector
{
    /// <summary>Connects within <paramref name="timeout"/>.</summary>
    /// <exception cref="RealtimeConnectException">Refused, timed out or not a WebSocket server; the message is one line.</exception>
    Task<IRealtimeTransport> ConnectAsync(TransportEndpoint endpoint, TimeSpan timeout, CancellationToken stop);
}

/// <summary>A connection could not be opened; the message says where and why in one line.</summary>
/// <param name="message">One line.</param>
/// <param name="httpStatus">HTTP status of a refused upgrade, or null.</param>
/// <param name="inner">The cause.</param>
public sealed class RealtimeConnectException(string message, int? httpStatus = null, Exception? inner = null)
    : IOException(message, inner)
{
    /// <summary>HTTP status of a refused upgrade, or null when it did not come so far.</summary>
    public int? HttpStatus { get; } = httpStatus;

    /// <summary>What a person can do about it; default none.</summary>
    public Trouble Trouble { get; init; }

    /// <summary>For how long the server wishes to be left alone; null: it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
