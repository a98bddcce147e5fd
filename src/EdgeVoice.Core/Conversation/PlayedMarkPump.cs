using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// Carries played marks from the playback thread's queue to the conversation: the audio thread itself may not touch a channel.
/// </summary>
/// <remarks>One consumer. Of several progress marks in a row only the last one is worth an event.</remarks>
public sealed class PlayedMarkPump(SpscRingBuffer<PlayedMark> marks, ConversationLoop conversation, TimeProvider time)
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);
    private const int QuietAfter = 200;

    /// <summary>Pumps until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Busy, time);
        await using var stopping = stop.Register(timer.Dispose).ConfigureAwait(false);
        var idle = 0;
        while (await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            idle = Pump() ? 0 : idle + 1;
            var period = idle < QuietAfter ? Busy : Quiet;
            if (timer.Period != period) timer.Period = period;
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
