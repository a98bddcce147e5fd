using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.Core.Realtime;

public sealed partial class RealtimeSession
{
    // How soon it is seen that a person has fallen silent, or an answer has ended; only in a session's last minutes.
    private static readonly TimeSpan LookForMoment = TimeSpan.FromMilliseconds(200);

    // A server that takes no second session now may take one later.
    private static readonly TimeSpan NextRotation = TimeSpan.FromSeconds(20);

    // Serves a session and each that takes its place, until one ends without a successor.
    private async Task<LinkFailure> ServeAsync(OpenedSession opened, CancellationToken stop)
    {
        Announce(opened, null);
        while (await SuccessorAsync(opened, stop).ConfigureAwait(false) is (Session: { } next, var moment))
        {
            using (opened)
            {
                // One writer of the audio: the old connection's last delivery is over before the new one's first.
                opened.Connection.Detach();
                audio.Reset();
                next.Connection.Attach();
                Interlocked.Increment(ref _rotations);
                LogRotated(moment);
                Announce(next, moment);
                await opened.EndAsync().ConfigureAwait(false);
            }

            opened = next;
        }

        using (opened)
        {
            if (stop.IsCancellationRequested) await opened.EndAsync().ConfigureAwait(false);
            var closed = await opened.Running.ConfigureAwait(false);
            Volatile.Write(ref _connection, null);
            return CloseCause.Explain(opened.At, closed, opened.Connection.LastError, refusal: null);
        }
    }

    // Null once the session has ended without one, or all is to stop.
    private async Task<(OpenedSession? Session, HandoverMoment Moment)> SuccessorAsync(OpenedSession opened, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var rotating = RotateAsync(opened, over.Token, stop);
        await Task.WhenAny(opened.Running.WaitAsync(stop), rotating).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return await rotating.ConfigureAwait(false);
    }

    private async Task<(OpenedSession? Session, HandoverMoment Moment)> RotateAsync(OpenedSession old, CancellationToken over, CancellationToken stop)
    {
        var clock = old.Clock;
        OpenedSession? next = null;
        TaskCompletionSource<string?>? renewed = null;
        try
        {
            while (true)
            {
                // One that was opened before what it is renewed for has changed is of no use.
                var renewal = await UntilDueAsync(clock, old, over).ConfigureAwait(false);
                if (next is { Running.IsCompleted: true } || (next is not null && renewal is not null && renewal != renewed)) next = await DropAsync(next).ConfigureAwait(false);
                renewed = renewal;
                var moment = clock.MomentAt(old.Age);
                if (renewal is not null && moment == HandoverMoment.Quiet) moment = HandoverMoment.AfterAnswer;
                if (await recall(moment).WaitAsync(over).ConfigureAwait(false) is { } memory)
                {
                    if (next is not null && await next.SendAsync(memory).ConfigureAwait(false))
                    {
                        Renewed(renewal, null);
                        return (next, moment);
                    }

                    next ??= await StandByAsync(renewal, over).ConfigureAwait(false);
                    // The moment may be over by now.
                    if (next is not null || renewal is not null) continue;
                }

                await Task.Delay(LookForMoment, time, over).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The old one ended before its time, and the new one stands by.
            if (next is { Running.IsCompleted: false } && !stop.IsCancellationRequested && await recall(HandoverMoment.Now).ConfigureAwait(false) is { } memory
                && await next.SendAsync(memory).ConfigureAwait(false)) return (next, HandoverMoment.Now);
            if (next is not null) await EndAsync(next).ConfigureAwait(false);
            return (null, default);
        }
    }

    // A second session beside the one that is used; null after a pause where it could not be had, or at once where somebody waits for it.
    private async Task<OpenedSession?> StandByAsync(TaskCompletionSource<string?>? renewal, CancellationToken over)
    {
        listener.OnLink(new LinkNews(LinkStage.Rotating));
        string cause;
        try
        {
            var (opened, failure) = await OpenAsync(endpoint(), isStandby: true, over).ConfigureAwait(false);
            if (opened is not null) return opened;
            cause = failure.Cause;
        }
        catch (RealtimeConnectException e)
        {
            cause = e.Message;
        }

        listener.OnLink(new LinkNews(LinkStage.Kept));
        if (renewal is not null)
        {
            Renewed(renewal, cause);
            return null;
        }

        LogNotRotated(cause, NextRotation.TotalSeconds);
        await Task.Delay(NextRotation, time, over).ConfigureAwait(false);
        return null;
    }

    private static async Task<OpenedSession?> DropAsync(OpenedSession unused)
    {
        await EndAsync(unused).ConfigureAwait(false);
        return null;
    }

    private static async Task EndAsync(OpenedSession session)
    {
        using (session) await session.EndAsync().ConfigureAwait(false);
    }
}
