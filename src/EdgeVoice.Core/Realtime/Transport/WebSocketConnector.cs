using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime.Transport;

/// <summary>Opens WebSocket connections; one shared handler would keep proxies' and TLS state, a voice device has one at a time.</summary>
/// <param name="time">Clock of the deadline.</param>
/// <param name="trustAnchor">PEM file of an additional certificate authority, or null.</param>
public sealed class WebSocketConnector(TimeProvider time, Func<string?>? trustAnchor = null) : IRealtimeConnector
{
    // A dead link is seen within ten seconds: a ping after five of silence, its pong within five.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task<IRealtimeTransport> ConnectAsync(TransportEndpoint endpoint, TimeSpan timeout, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var anchors = trustAnchor?.Invoke() is { } file ? new TrustAnchors(ReadAnchors(file)) : null;
        var socket = new ClientWebSocket();
        try
        {
            Configure(socket.Options, endpoint);
            using var deadline = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
            using var invoker = new HttpMessageInvoker(Handler(anchors));
            await socket.ConnectAsync(endpoint.Url, invoker, either.Token).ConfigureAwait(false);
            return new WebSocketTransport(socket, time) { ServerTime = Date(socket.HttpResponseHeaders) };
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
        {
            var status = (int)socket.HttpStatusCode;
            var wish = Wish(socket.HttpResponseHeaders);
            socket.Dispose();
            stop.ThrowIfCancellationRequested();
            throw new RealtimeConnectException(Explain(endpoint, status, timeout, e), status == 0 ? null : status, e)
            {
                RetryAfter = wish,
                Trouble = ConnectTrouble.Of(status, Innermost(e), anchors?.IsUntimely ?? false, () => endpoint.Url.IsLoopback || ConnectTrouble.HasNetwork()),
            };
        }
    }

    // In seconds only: a date is of no use to a device that may not know the time.
    private static TimeSpan? Wish(IReadOnlyDictionary<string, IEnumerable<string>>? headers) =>
        headers is not null && headers.TryGetValue("Retry-After", out var values)
        && RetryConditionHeaderValue.TryParse(values.FirstOrDefault(), out var value) ? value.Delta : null;

    private static DateTimeOffset? Date(IReadOnlyDictionary<string, IEnumerable<string>>? headers) =>
        headers is not null && headers.TryGetValue("Date", out var values)
        && DateTimeOffset.TryParseExact(values.FirstOrDefault(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    // Read for each attempt: a file that was put right is taken at once.
    private static X509Certificate2Collection ReadAnchors(string file)
    {
        var anchors = new X509Certificate2Collection();
        string problem;
        try
        {
            anchors.ImportFromPemFile(file);
            if (anchors.Count > 0) return anchors;
            problem = "holds no certificate";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = $"cannot be read ({OneLine.Of(e.Message)})";
        }

        throw new RealtimeConnectException($"realtime.caFile {file}: {problem}; name a PEM file with the certificate of the server's authority")
        {
            Trouble = Trouble.ConfigurationInvalid,
        };
    }

    private static void Configure(ClientWebSocketOptions options, TransportEndpoint endpoint)
    {
        options.KeepAliveInterval = KeepAlive;
        options.KeepAliveTimeout = KeepAlive;
        options.CollectHttpResponseDetails = true;
        options.AddSubProtocol("realtime");
        if (!string.IsNullOrEmpty(endpoint.BearerToken))
            options.SetRequestHeader("Authorization", "Bearer " + endpoint.BearerToken);
    }

    // One connection each: the socket keeps it, the handler goes.
    private static SocketsHttpHandler Handler(TrustAnchors? anchors)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            UseCookies = false,
            ConnectCallback = static (connection, stop) => ReadAheadAsync(connection.DnsEndPoint, stop),
        };
        if (anchors is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                anchors.Trust(certificate, chain, errors);
        return handler;
    }

    private static async ValueTask<Stream> ReadAheadAsync(DnsEndPoint at, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(at, stop).ConfigureAwait(false);
            return new ReadAheadStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Explain(TransportEndpoint endpoint, int status, TimeSpan timeout, Exception e)
    {
        if (e is OperationCanceledException) return $"{endpoint}: no answer within {timeout.TotalSeconds:0.#} s; is the network up?";
        return status switch
        {
            0 or 101 when Innermost(e) is AuthenticationException distrust =>
                $"{endpoint}: its certificate is not trusted ({OneLine.Of(distrust.Message)}); check the clock and the host name, "
                + "or name the certificate of the server's authority in realtime.caFile",
            // The same thing under two names: a reset may come before or after the socket's first use.
            0 or 101 when Innermost(e) is SocketException { SocketErrorCode: SocketError.NotConnected or SocketError.ConnectionReset } =>
                $"{endpoint}: Connection reset by peer",
            0 or 101 => $"{endpoint}: {OneLine.Of(Innermost(e).Message)}",
            401 or 403 => $"{endpoint}: the server refused the credential (HTTP {status}); check the API key",
            404 => $"{endpoint}: no Realtime service there (HTTP 404); check realtime.url and realtime.model",
            >= 500 => $"{endpoint}: the server is not well (HTTP {status})",
            429 => $"{endpoint}: too many requests (HTTP 429)",
            _ => $"{endpoint}: not a WebSocket answer (HTTP {status}); check realtime.url",
        };
    }

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is not null) e = e.InnerException;
        return e;
    }
}
