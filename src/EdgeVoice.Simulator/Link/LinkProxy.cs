using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeVoice.Simulator.Link;

/// <summary>The network between device and server: TCP through here, whole, slow, lossy, silent, lost or cut.</summary>
/// <remarks>Any thread. Disposing resets every connection.</remarks>
public sealed class LinkProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, LinkMood> _sockets = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _chanceGate = new();
    private readonly Uri _server;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flows = Flowing();
    private volatile LinkShape _shape = new();
    private volatile bool _refusing;
    private volatile bool _vanishing;

    private LinkProxy(Uri server, TimeProvider time, Random chance)
    {
        (_server, _time, _chance) = (server, time, chance);
        _listener.Start();
        Url = new UriBuilder(server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>The server's address as seen through this.</summary>
    public Uri Url { get; }

    /// <summary>Delay, loss and width; counts for what is sent from now on. Default: none of them.</summary>
    public LinkShape Shape
    {
        get => _shape;
        set => _shape = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Connections under way.</summary>
    public int Connections => _sockets.Count / 2;

    internal Task Flows => _flows.Task;

    /// <summary>A link to this server, on a port of its own on loopback.</summary>
    /// <param name="server">Where it leads.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="chance">Decides what is lost; default a source of seed 1.</param>
    public static LinkProxy Before(Uri server, TimeProvider? time = null, Random? chance = null) =>
        new(server, time ?? TimeProvider.System, chance ?? new Random(1));

    /// <summary>Resets every connection and refuses new ones: the cable is out and the kernel knows.</summary>
    public void Cut()
    {
        _refusing = true;
        foreach (var socket in _sockets.Keys) Reset(socket);
    }

    /// <summary>
    /// What is under way and what is sent from now on vanishes, and nobody is told: both ends are half open. Connections of this time
    /// stay lost after <see cref="Restore"/>, as those of a router that has forgotten them; new ones hang until then.
    /// </summary>
    public void CutSilently()
    {
        _vanishing = true;
        foreach (var state in _sockets.Values) state.Lose();
    }

    /// <summary>Nothing passes and nobody is told, but nothing is lost either: it comes after <see cref="Restore"/>.</summary>
    public void Silence() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All is well again.</summary>
    public void Restore()
    {
        _refusing = false;
        _vanishing = false;
        _flows.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _flows.TrySetResult();
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
        try
        {
            while (true)
            {
                var device = await _listener.AcceptSocketAsync(_end.Token);
                links.RemoveAll(link => link.IsCompleted);
                if (_refusing) Reset(device);
                else links.Add(LinkAsync(device));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The link ends.
        }

        await Task.WhenAll(links);
    }

    private async Task LinkAsync(Socket device)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var state = new LinkMood(this);
        device.NoDelay = true;
        _sockets[device] = _sockets[server] = state;
        if (_vanishing) state.Lose();
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
            Task[] ways = [Pump(device, server, state).RunAsync(over.Token), Pump(server, device, state).RunAsync(over.Token)];
            await Task.WhenAny(ways);
            await over.CancelAsync();
            await Task.WhenAll(ways);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
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

    private LinkPump Pump(Socket from, Socket to, LinkMood state)
    {
        lock (_chanceGate) return new LinkPump(from, to, state, _time, new Random(_chance.Next()));
    }
}
