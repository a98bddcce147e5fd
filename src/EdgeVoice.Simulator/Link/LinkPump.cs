using System.Net.Sockets;
using System.Threading.Channels;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Link;

/// <summary>One direction of one connection: pieces in, each given its moment of arrival, pieces out at that moment.</summary>
/// <remarks>One task reads and one writes; no more than <see cref="MaxPieces"/> are under way.</remarks>
internal sealed class LinkPump(Socket from, Socket to, LinkMood link, TimeProvider time, Random chance)
{
    private const int MaxPieces = 256;
    private const int PieceBytes = 16_384;
    private const int MaxLosses = 6;

    private readonly Channel<(byte[] Bytes, long DueNs)> _way = Channel.CreateBounded<(byte[], long)>(
        new BoundedChannelOptions(MaxPieces) { SingleReader = true, SingleWriter = true });

    private long _lastDueNs;

    /// <summary>Runs until either end is closed or the link ends.</summary>
    internal async Task RunAsync(CancellationToken end)
    {
        var writing = WriteAsync(end);
        try
        {
            var buffer = new byte[PieceBytes];
            int bytes;
            while ((bytes = await from.ReceiveAsync(buffer, end)) > 0)
            {
                if (!link.Lost)
                    await _way.Writer.WriteAsync((buffer[..bytes], Due(bytes)), end);
            }
            // Bytes that vanish take the end of the connection with them.
            if (link.Lost)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, end);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or ChannelClosedException)
        {
            // The link ended; whoever waits for the other direction ends with it.
        }
        _way.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync(CancellationToken end)
    {
        try
        {
            await foreach (var (bytes, dueNs) in _way.Reader.ReadAllAsync(end))
            {
                if (dueNs - time.NowNs() is var wait and > 0)
                    await Task.Delay(TimeSpan.FromTicks((wait / 100) + 1), time, end);
                await link.Flows.WaitAsync(end);
                if (!link.Lost)
                    await to.SendAsync(bytes, end);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            _way.Writer.TryComplete(e);
        }
    }

    private long Due(int bytes)
    {
        var shape = link.Shape;
        var sentNs = time.NowNs();
        // A piece leaves when the one before it has left: its own length takes time on a narrow link.
        var dueNs = Math.Max(sentNs + (long)(shape.DelayMs * 1e6), _lastDueNs);
        if (shape.BytesPerSecond > 0)
            dueNs += (long)(bytes / shape.BytesPerSecond * 1e9);
        var againMs = shape.RetransmitMs;
        for (var losses = 0; losses < MaxLosses && chance.NextDouble() < shape.Loss; losses++, againMs *= 2)
            dueNs += (long)(againMs * 1e6);
        return _lastDueNs = dueNs;
    }
}
