using System.Threading.Channels;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Files;

namespace EdgeVoice.Service;

/// <content>Waiting for changes, and for their end.</content>
internal sealed partial class ConfigurationStore
{
    // Left alone for so long a file counts as written; one that never is comes to its turn all the same.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);
    private const long MaxSettlingNs = 2_000_000_000;

    // So long a bad file may be a half-written one; one that is written on and on is told at last.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);
    private const long MaxDoubtNs = 10_000_000_000;

    private readonly Channel<bool> _touched =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly byte[] _pathBytes = FileStamp.PathBytes(path);
    private long _badSinceNs;

    /// <summary>
    /// Takes every change of the file until <paramref name="stop"/>. The options that <see cref="Load"/> gave count as applied, and become the
    /// last good copy now.
    /// </summary>
    /// <param name="apply">Puts options into force: null when they are, else one line why those before are in force again.</param>
    /// <param name="stop">Ends it; an application that has begun is awaited.</param>
    public async Task RunAsync(Func<EdgeVoiceOptions, Task<string?>> apply, CancellationToken stop)
    {
        await Task.Yield();
        KeepLastGood();
        using var watch = new FileWatch([path, .. AlsoWatched], Touch, LookInterval, UseEvents);
        if (!watch.IsHearing) LogDeaf((LookInterval ?? FileWatch.DefaultInterval).TotalSeconds);
        _apply = apply;
        // It may have changed since it was loaded.
        Touch();
        try
        {
            while (await _touched.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                await SettleAsync(stop).ConfigureAwait(false);
                await TakeSettledAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to.
        }
        finally
        {
            await _taking.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            _apply = null;
            _taking.Release();
        }
    }

    private void Touch() => _touched.Writer.TryWrite(true);

    private async Task SettleAsync(CancellationToken stop)
    {
        var beganNs = time.NowNs();
        FileStamp before;
        do
        {
            _touched.Reader.TryRead(out _);
            before = FileStamp.Of(_pathBytes);
            await Task.Delay(Settling, time, stop).ConfigureAwait(false);
        }
        while ((_touched.Reader.TryPeek(out _) || FileStamp.Of(_pathBytes) != before) && time.NowNs() - beganNs < MaxSettlingNs);
    }

    private async Task TakeSettledAsync(CancellationToken stop)
    {
        if (await TakeInTurnAsync(tellBad: false, stop).ConfigureAwait(false) != Outcome.Bad)
        {
            _badSinceNs = 0;
            return;
        }

        if (_badSinceNs == 0) _badSinceNs = time.NowNs();
        if (await IsTouchedAsync(stop).ConfigureAwait(false) && time.NowNs() - _badSinceNs < MaxDoubtNs) return;
        _badSinceNs = 0;
        await TakeInTurnAsync(tellBad: true, stop).ConfigureAwait(false);
    }

    private async Task<Outcome> TakeInTurnAsync(bool tellBad, CancellationToken stop)
    {
        await _taking.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return (await TakeAsync(again: false, tellBad).ConfigureAwait(false)).Outcome;
        }
        finally
        {
            _taking.Release();
        }
    }

    // True as soon as the file is touched again, false after the time of doubt.
    private async Task<bool> IsTouchedAsync(CancellationToken stop)
    {
        using var doubt = new CancellationTokenSource(Doubt, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(doubt.Token, stop);
        try
        {
            return await _touched.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
