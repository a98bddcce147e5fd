namespace EdgeVoice.Core.Realtime;

public sealed partial class RealtimeSession
{
    private static readonly TimeSpan UpdateTimeout = TimeSpan.FromSeconds(5);
    private TaskCompletionSource<TaskCompletionSource<string?>> _renewal = NoRenewal();

    /// <summary>
    /// Tells the session in use the settings as they are now. Null once it has taken them, or where there is none: the next one is told;
    /// otherwise why not, in one line. One caller at a time, while nobody speaks.
    /// </summary>
    public async Task<string?> UpdateAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref _connection) is not { } connection) return null;
        try
        {
            var refusal = await connection.UpdateAsync(settings()).WaitAsync(UpdateTimeout, time, stop).ConfigureAwait(false);
            return refusal == RealtimeConnection.Ended ? null : refusal;
        }
        catch (TimeoutException)
        {
            return $"the server did not take the settings within {UpdateTimeout.TotalSeconds:0} s";
        }
    }

    /// <summary>
    /// Exchanges the session in use, after an answer, for one with the endpoint and the settings as they are now. Null once that is done,
    /// or where there is none to exchange: the next attempt is made now; otherwise why the old one is kept, in one line. One caller at a time.
    /// </summary>
    public async Task<string?> RenewAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref _connection) is null)
        {
            TryNow();
            return null;
        }

        var renewal = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Read(ref _renewal).TrySetResult(renewal);
        // It may have ended meanwhile, and nobody would look for a renewal any more.
        if (Volatile.Read(ref _connection) is null) RenewedByChance();
        return await renewal.Task.WaitAsync(stop).ConfigureAwait(false);
    }

    private static TaskCompletionSource<TaskCompletionSource<string?>> NoRenewal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The renewal that is wanted, or null once a session has come into the years in which it is exchanged anyway.
    private async Task<TaskCompletionSource<string?>?> UntilDueAsync(SessionClock clock, OpenedSession old, CancellationToken over)
    {
        var wanted = Volatile.Read(ref _renewal).Task;
        try
        {
            return await wanted.WaitAsync(clock.UntilQuiet(old.Age) ?? Timeout.InfiniteTimeSpan, time, over).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void Renewed(TaskCompletionSource<string?>? renewal, string? refusal)
    {
        if (renewal is null) return;
        Volatile.Write(ref _renewal, NoRenewal());
        renewal.TrySetResult(refusal);
    }

    // The session has ended by itself: the next one is the renewed one.
    private void RenewedByChance()
    {
        if (Volatile.Read(ref _renewal).Task is { IsCompletedSuccessfully: true } wanted) Renewed(wanted.Result, null);
    }
}
