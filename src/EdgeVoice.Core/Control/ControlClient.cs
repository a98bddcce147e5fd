using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EdgeVoice.Core.Control;

/// <summary>What came of asking a device.</summary>
/// <param name="Reply">What it said; null where none answered.</param>
/// <param name="Json">The reply as it came, one line; null where none answered.</param>
/// <param name="Problem">Why none answered: what, where, what to do, one line; null where one did.</param>
public sealed record ControlAnswer(ControlReply? Reply, string? Json, string? Problem);

/// <summary>Asks a running device over its control socket.</summary>
/// <remarks>Any thread may call it; every call has a connection of its own.</remarks>
public static partial class ControlClient
{
    private const int MaxReplyBytes = 1 << 20;
    private static readonly TimeSpan BusyRetry = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Sends one request to the socket at <paramref name="path"/> and waits <paramref name="timeout"/> at most for connection and
    /// reply together. <paramref name="time"/>: the clock, null (default) for the system's.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was signalled.</exception>
    public static async Task<ControlAnswer> SendAsync(
        string path, ControlRequest request, TimeSpan timeout, TimeProvider? time = null, CancellationToken stop = default)
    {
        using var socket = ControlSocket.Create();
        var reader = new ControlLineReader(socket, MaxReplyBytes);
        return await GuardedAsync(
            path, timeout, token => AskAsync(socket, reader, path, request, time ?? TimeProvider.System, token), time, stop).ConfigureAwait(false);
    }

    private static async Task<ControlAnswer> GuardedAsync(
        string path, TimeSpan timeout, Func<CancellationToken, Task<ControlAnswer>> ask, TimeProvider? time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(timeout, time ?? TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await ask(both.Token).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return NotThere(path, e);
        }
        catch (ArgumentException)
        {
            return Failed(path, "is no path of a Unix socket (107 bytes at most)");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Failed(path, $"somebody listens but did not answer within {timeout.TotalSeconds:0.#} s; look at the device's log");
        }
    }

    // A full queue of new clients is told at once in place of waiting, so the waiting is done here.
    private static async Task ConnectAsync(Socket socket, string path, TimeProvider time, CancellationToken stop)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);
        while (true)
        {
            try
            {
                await socket.ConnectAsync(endPoint, stop).ConfigureAwait(false);
                return;
            }
            catch (SocketException e) when (ControlSocket.IsBusy(e))
            {
                await Task.Delay(BusyRetry, time, stop).ConfigureAwait(false);
            }
        }
    }

    private static async Task<ControlAnswer> AskAsync(
        Socket socket, ControlLineReader reader, string path, ControlRequest request, TimeProvider time, CancellationToken stop)
    {
        await ConnectAsync(socket, path, time, stop).ConfigureAwait(false);
        try
        {
            ReadOnlyMemory<byte> line = ControlJson.Line(request);
            while (line.Length > 0)
                line = line[await socket.SendAsync(line, stop).ConfigureAwait(false)..];
        }
        catch (SocketException)
        {
            // Closed on us already; the reason may still be there to be read.
        }

        var end = await reader.ReadAsync(stop).ConfigureAwait(false);
        return end == ControlLineEnd.Line ? Parse(path, reader.Line) : Failed(path, "closed without an answer; look at the device's log");
    }

    private static ControlAnswer Parse(string path, ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line.Span, ControlJson.Default.ControlReply) is { } reply
                ? new ControlAnswer(reply, Encoding.UTF8.GetString(line.Span), null)
                : Failed(path, "answered with null; it is not the socket of a device");
        }
        catch (JsonException)
        {
            return Failed(path, "answered with something that is not a reply; it is not the socket of a device of this release");
        }
    }

    private static ControlAnswer NotThere(string path, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AccessDenied => Failed(path, $"user {Environment.UserName} may not use it; join group edgevoice-ctl and log in again"),
        SocketError.ConnectionRefused => Failed(path, "nobody listens any more; start the device with \"edgevoice run\""),
        SocketError.AddressNotAvailable when !File.Exists(path) =>
            Failed(path, "no device is listening; start it with \"edgevoice run\", or name its socket with --socket"),
        _ => Failed(path, $"cannot be used ({e.Message.ReplaceLineEndings(" ")})"),
    };

    private static ControlAnswer Failed(string path, string problem) => new(null, null, $"{path}: {problem}");
}
