using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Control;

/// <summary>One client of the control socket, from accept to close.</summary>
/// <remarks>One task runs it; requests are answered one after the other, in order.</remarks>
internal sealed partial class ControlConnection(
    Socket socket, ControlDispatcher dispatcher, ControlLimits limits, TimeProvider time, ILogger logger)
{
    private readonly ControlLineReader _reader = new(socket, limits.MaxLineBytes);

    /// <summary>Answers requests until the client goes, is too slow, sends a line too long, or <paramref name="stop"/> is signalled.</summary>
    public async Task ServeAsync(CancellationToken stop)
    {
        using (socket)
        {
            try
            {
                while (await ServeOneAsync(stop).ConfigureAwait(false))
                {
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                ControlLog.ClientDropped(logger, e.Message);
            }
            catch (OperationCanceledException)
            {
                if (!stop.IsCancellationRequested)
                    ControlLog.ClientDropped(logger, "too slow");
            }
        }
    }

    /// <summary>Says why and closes.</summary>
    public async Task RefuseAsync(string error, CancellationToken stop)
    {
        using (socket)
        {
            try
            {
                await SendAsync(ControlReply.Refused(error), stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                ControlLog.ClientDropped(logger, e.Message);
            }
        }
    }

    private async Task<bool> ServeOneAsync(CancellationToken stop)
    {
        var end = await ReadAsync(stop).ConfigureAwait(false);
        if (end == ControlLineEnd.Line)
        {
            var (reply, watch) = await dispatcher.AnswerAsync(_reader.Line).ConfigureAwait(false);
            await SendFirstAsync(reply, watch, stop).ConfigureAwait(false);
            return watch is null;
        }

        if (end != ControlLineEnd.Closed)
            await SendAsync(end is null ? ControlReply.Refused($"no request for {limits.Idle.TotalSeconds:0} s; closing") : TooLong(), stop).ConfigureAwait(false);
        return false;
    }

    private ControlReply TooLong() => ControlReply.Refused($"a request is longer than {limits.MaxLineBytes} bytes; closing");

    // Null when the time is over. One clock runs over the whole line: a byte now and then does not buy more time.
    private async Task<ControlLineEnd?> ReadAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(limits.Idle, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await _reader.ReadAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task SendAsync(ControlReply reply, CancellationToken stop) => SendAsync(ControlJson.Line(reply), stop);

    private async Task SendAsync(ReadOnlyMemory<byte> line, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(limits.Send, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        while (line.Length > 0)
            line = line[await socket.SendAsync(line, both.Token).ConfigureAwait(false)..];
    }
}
