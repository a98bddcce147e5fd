using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeVoice.Simulator.Link;

/// <summary>The network between device and server: TCP through here, whole, silent or cut.</summary>
/// <remarks>Any thread. Disposing resets every connection.</remarks>
public sealed class LinkProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flows = Flowing();
    private volatile bool _refusing;

    private LinkProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        Url = new UriBuilder(server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>The server's address as seen through this.</summary>
    public Uri Url { get; }

    /// <summary>A link to this server, on a port of its own on loopback.</summary>
    public static LinkProxy Before(Uri server) => new(server);

    /// <summary>Resets every connection and refuses new ones: the cable is out and the kernel knows.</summary>
    public void Cut()
    {
        _refusing = true;
        foreach (var socket in _sockets.Keys) Reset(socket);
    }

    /// <summary>Nothing passes and nobody is told: the router is gone.</summary>
    public void Silence() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All is well again.</summary>
    public void Restore()
    {
        _refusing = false;
        _flows.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        Restore();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flows = new TaskCompletionSource();
        flows.SetResult();
        return flows;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has gone already.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> links = [];
        while (!_end.IsCancellationRequested)
        {
            var device = await _listener.AcceptSocketAsync(_end.Token);
            if (_refusing) Reset(device);
            else links.Add(LinkAsync(device));
        }

        await Task.WhenAll(links);
    }

    private async Task LinkAsync(Socket device)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        device.NoDelay = true;
        _sockets[device] = _sockets[server] = 0;
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
            await Task.WhenAny(PumpAsync(device, server), PumpAsync(server, device));
        }
        catch (SocketException)
        {
            // The server is not there; the device is told by the reset below.
        }
        finally
        {
            foreach (var socket in (Socket[])[device, server])
            {
                _sockets.TryRemove(socket, out _);
                Reset(socket);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16_384];
        try
        {
            int bytes;
            while ((bytes = await from.ReceiveAsync(buffer, _end.Token)) > 0)
            {
                await _flows.Task;
                await to.SendAsync(buffer.AsMemory(0, bytes), _end.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The link ended; whoever waits for the other direction ends with it.
        }
    }
}
