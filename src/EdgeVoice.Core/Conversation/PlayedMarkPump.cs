using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// Carries played marks from the playback thread's queue to the conversation: the audio thread itself may not touch a channel.
/// </summary>
/// <remarks>
/// One consumer. Of several progress marks in a row only the last one is worth an event. It looks every 5 ms while something may come, and
/// once a second while nothing can: <see cref="Wake"/>, from any thread, says when that begins again.
/// </remarks>
/// <param name="marks">The queue.</param>
/// <param name="conversation">Who is told.</param>
/// <param name="time">Clock.</param>
/// <param name="isPlaying">True while marks may come without a <see cref="Wake"/>; any thread; null: never.</param>
public sealed class PlayedMarkPump(
    SpscRingBuffer<PlayedMark> marks, ConversationLoop conversation, TimeProvider time, Func<bool>? isPlaying = null)
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private const int QuietAfter = 40;
    private readonly Lock _gate = new();
    private PeriodicTimer? _timer;
    private int _idle;

    /// <summary>Something was ordered of the loudspeaker, or has come for it: marks may follow.</summary>
    public void Wake()
    {
        Volatile.Write(ref _idle, 0);
        lock (_gate)
            if (_timer is { } timer && timer.Period != Busy) timer.Period = Busy;
    }

    /// <summary>Pumps until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Busy, time);
        lock (_gate) _timer = timer;
        await using var stopping = stop.Register(Stop).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false)) Tick();
    }

    /// <summary>One look; also the way tests drive it.</summary>
    internal void Tick()
    {
        if (Pump() || isPlaying?.Invoke() == true)
        {
            Wake();
            return;
        }

        if (Interlocked.Increment(ref _idle) < QuietAfter) return;
        lock (_gate)
            if (_timer is { } timer && _idle >= QuietAfter && timer.Period != Quiet) timer.Period = Quiet;
    }

    private void Stop()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private bool Pump()
    {
        PlayedMark? progress = null;
        var any = false;
        while (marks.TryRead(out var mark))
        {
            any = true;
            if (mark.Kind == PlayedMarkKind.Progress && (progress is null || ReferenceEquals(progress.Value.Item, mark.Item)))
            {
                progress = mark;
                continue;
            }

            if (progress is { } held) conversation.Post(new SoundPlayed(held));
            progress = mark.Kind == PlayedMarkKind.Progress ? mark : null;
            if (progress is null) conversation.Post(new SoundPlayed(mark));
        }

        if (progress is { } last) conversation.Post(new SoundPlayed(last));
        return any;
    }
}
