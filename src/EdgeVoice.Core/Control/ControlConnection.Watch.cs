using System.Buffers;
using System.Net.Sockets;

namespace EdgeVoice.Core.Control;

/// <summary>A client that watches: what happens goes out as it comes, and requests are still answered between.</summary>
internal sealed partial class ControlConnection
{
    // Enough for a burst of words; the rest goes with the next send.
    private const int MaxSendBytes = 64 << 10;

    private readonly ArrayBufferWriter<byte> _lines = new();
    private ControlLevels? _levels;

    private async Task SendFirstAsync(ControlReply reply, ControlSubscription? watch, CancellationToken stop)
    {
        using (watch)
        {
            await SendAsync(reply, stop).ConfigureAwait(false);
            if (watch is not null) await WatchAsync(watch, stop).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(ControlSubscription watch, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var request = _reader.ReadAsync(ended.Token).AsTask();
        try
        {
            await StreamAsync(watch, request, ended.Token).ConfigureAwait(false);
            if (!watch.IsBehind) return;
            ControlLog.WatcherDropped(logger);
            await SendAsync(ControlReply.Refused("too slow: too much waited to be read; closing"), stop).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    // Until the client goes, is behind or breaks a limit. Whoever has only said that no more requests come still watches.
    private async Task StreamAsync(ControlSubscription watch, Task<ControlLineEnd>? request, CancellationToken stop)
    {
        using var clock = new PeriodicTimer(limits.Levels, time);
        var tick = clock.WaitForNextTickAsync(stop).AsTask();
        var news = watch.WaitAsync(stop).AsTask();
        while (!watch.IsBehind)
        {
            await Task.WhenAny(request is null ? [tick, news] : [tick, news, request]).ConfigureAwait(false);
            if (request is { IsCompleted: true })
            {
                var end = await request.ConfigureAwait(false);
                await AnswerAsync(end).ConfigureAwait(false);
                if (end == ControlLineEnd.TooLong)
                {
                    await FlushAsync(stop).ConfigureAwait(false);
                    return;
                }

                request = end == ControlLineEnd.Closed ? null : _reader.ReadAsync(stop).AsTask();
            }

            if (tick.IsCompleted)
            {
                await tick.ConfigureAwait(false);
                AddLevels();
                if (request is null) await FeelAsync(stop).ConfigureAwait(false);
                tick = clock.WaitForNextTickAsync(stop).AsTask();
            }

            if (AddNews(watch) && news.IsCompleted) news = watch.WaitAsync(stop).AsTask();
            await FlushAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(ControlLineEnd end)
    {
        if (end == ControlLineEnd.TooLong) _lines.Write(ControlJson.Line(TooLong()));
        if (end != ControlLineEnd.Line) return;
        var (reply, second) = await dispatcher.AnswerAsync(_reader.Line).ConfigureAwait(false);
        second?.Dispose();
        _lines.Write(ControlJson.Line(second is null ? reply : ControlReply.Refused("this client watches already")));
    }

    private void AddLevels()
    {
        var levels = dispatcher.Target.Levels();
        if (levels == _levels) return;
        _levels = levels;
        _lines.Write(ControlJson.Line(ControlEvent.Of(levels)));
    }

    // True when nothing is left.
    private bool AddNews(ControlSubscription watch)
    {
        while (_lines.WrittenCount < MaxSendBytes)
        {
            if (watch.Take() is not { } happened) return true;
            _lines.Write(ControlJson.Line(happened));
        }

        return false;
    }

    // Nothing to send, and yet the kernel says whether anybody is left to send to.
    private async Task FeelAsync(CancellationToken stop) =>
        await socket.SendAsync(ReadOnlyMemory<byte>.Empty, SocketFlags.None, stop).ConfigureAwait(false);

    private async Task FlushAsync(CancellationToken stop)
    {
        if (_lines.WrittenCount == 0) return;
        await SendAsync(_lines.WrittenMemory, stop).ConfigureAwait(false);
        _lines.ResetWrittenCount();
    }
}
