using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeVoice.Simulator.Link;

namespace EdgeVoice.IntegrationTests.Link;

/// <summary>What a link does to bytes between two plain sockets.</summary>
public sealed class LinkProxyTests : IAsyncLifetime
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket _device = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private LinkProxy _link = null!;
    private Socket _server = null!;

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public async Task InitializeAsync()
    {
        _listener.Start();
        _link = LinkProxy.Before(new Uri($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));
        await _device.ConnectAsync("127.0.0.1", _link.Url.Port);
        _server = await _listener.AcceptSocketAsync(Soon);
    }

    public async Task DisposeAsync()
    {
        _device.Dispose();
        _server.Dispose();
        await _link.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task Delay_HoldsEachWay()
    {
        _link.Shape = new LinkShape { DelayMs = 150 };
        var since = Stopwatch.GetTimestamp();
        await _device.SendAsync(new byte[] { 1 }, Soon);
        await ReadAsync(_server, 1);
        await _server.SendAsync(new byte[] { 2 }, Soon);
        await ReadAsync(_device, 1);
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 299, 2_000);
    }

    [Fact]
    public async Task Loss_StallsAndNothingIsMissingOrOutOfOrder()
    {
        _link.Shape = new LinkShape { Loss = 0.5, RetransmitMs = 40 };
        var sent = new byte[200_000];
        new Random(5).NextBytes(sent);
        var since = Stopwatch.GetTimestamp();
        var reading = ReadAsync(_server, sent.Length);
        await _device.SendAsync(sent, Soon);
        Assert.Equal(sent, await reading);
        Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds >= 40, "nothing was lost");
    }

    [Fact]
    public async Task Width_LimitsBytesASecond()
    {
        _link.Shape = new LinkShape { BytesPerSecond = 100_000 };
        var since = Stopwatch.GetTimestamp();
        var reading = ReadAsync(_server, 40_000);
        await _device.SendAsync(new byte[40_000], Soon);
        await reading;
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 380, 3_000);
    }

    [Fact]
    public async Task Cut_ResetsBothEndsAndRefusesUntilRestored()
    {
        _link.Cut();
        await Assert.ThrowsAsync<SocketException>(() => ReadAsync(_server, 1));
        await Assert.ThrowsAsync<SocketException>(() => ReadAsync(_device, 1));
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var early = await ConnectAsync();
            await ReadAsync(early, 1);
        });
        _link.Restore();
        using var late = await ConnectAsync();
        using var served = await _listener.AcceptSocketAsync(Soon);
        await late.SendAsync(new byte[] { 7 }, Soon);
        Assert.Equal([7], await ReadAsync(served, 1));
    }

    [Fact]
    public async Task Silence_HoldsAndLosesNothing()
    {
        _link.Silence();
        await _device.SendAsync(new byte[] { 3 }, Soon);
        var reading = ReadAsync(_server, 1);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System)));
        _link.Restore();
        Assert.Equal([3], await reading);
    }

    [Fact]
    public async Task CutSilently_BytesVanishForGoodAndNoEndIsTold()
    {
        _link.CutSilently();
        await _device.SendAsync(new byte[] { 4 }, Soon);
        var reading = ReadAsync(_server, 1);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System)));
        _link.Restore();
        await _device.SendAsync(new byte[] { 5 }, Soon);
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System)));
        using var fresh = await ConnectAsync();
        using var served = await _listener.AcceptSocketAsync(Soon);
        await fresh.SendAsync(new byte[] { 6 }, Soon);
        Assert.Equal([6], await ReadAsync(served, 1));
        // What the kernels had taken is thrown away: the end is a reset, and nothing of 4 and 5 came before it.
        _link.Cut();
        await Assert.ThrowsAsync<SocketException>(() => reading);
    }

    private static async Task<byte[]> ReadAsync(Socket from, int count)
    {
        var bytes = new byte[count];
        for (var had = 0; had < count;)
        {
            var got = await from.ReceiveAsync(bytes.AsMemory(had), Soon);
            if (got == 0) throw new SocketException((int)SocketError.Shutdown);
            had += got;
        }
        return bytes;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", _link.Url.Port);
        return socket;
    }
}
