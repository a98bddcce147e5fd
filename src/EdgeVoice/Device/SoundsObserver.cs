using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Sounds;

namespace EdgeVoice.Device;

/// <summary>Orders the sounds that the conversation cues, and passes the news on.</summary>
/// <remarks>News come on the conversation's loop, the only producer of the queue; <see cref="Dropped"/> may be read by any thread.</remarks>
/// <param name="next">Who hears of everything next.</param>
/// <param name="bank">The sounds.</param>
/// <param name="orders">Where they are ordered.</param>
/// <param name="wake">Wakes the playback thread.</param>
/// <param name="time">Monotonic clock.</param>
/// <param name="heardByMicrophone">Told from when to when a tone reaches the microphone; null where it does not.</param>
internal sealed class SoundsObserver(
    IConversationObserver next,
    SoundBank bank,
    SpscRingBuffer<int> orders,
    Action wake,
    TimeProvider time,
    Action<long, long>? heardByMicrophone = null) : IConversationObserver
{
    // From the order to the last of it at the microphone: what waits in the card, and the room.
    private const long DelayNs = 100_000_000;

    // Taps of one row are one answer: muted.
    private const long RowNs = 1_000_000_000;
    private long _mutedNs = -RowNs;
    private long _dropped;

    /// <summary>Sounds for which there was no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <inheritdoc />
    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.Cued { Cue: var cue } && !IsRepeated(cue)) Play(cue);
        next.OnNews(news);
    }

    private void Play(Cue cue)
    {
        var sound = cue.Sound is { } name ? bank.IndexOf(name) : null;
        var help = cue.Trouble == Trouble.None ? null : bank.IndexOf(cue.Trouble);
        // A sound that is switched off still ends spoken help: somebody has acted.
        if (sound is not null || help is null) Order(sound ?? PlaybackQueues.Hush);
        if (sound is { } tone) heardByMicrophone?.Invoke(time.NowNs(), time.NowNs() + bank.LastsNs(tone) + DelayNs);
        if (help is { } words) Order(words);
        wake();
    }

    private bool IsRepeated(Cue cue)
    {
        if (cue.Sound != SoundName.MuteOn) return false;
        var (before, now) = (_mutedNs, time.NowNs());
        _mutedNs = now;
        return now - before < RowNs;
    }

    private void Order(int index)
    {
        if (!orders.TryWrite(index)) Volatile.Write(ref _dropped, _dropped + 1);
    }
}
