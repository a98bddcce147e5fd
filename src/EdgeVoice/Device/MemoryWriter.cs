using System.Threading.Channels;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>Hears of what is remembered and has it written, a second after it changed and at the end.</summary>
/// <remarks><see cref="OnNews"/> never blocks: of several changes the last one is written, on <see cref="RunAsync"/>'s loop.</remarks>
internal sealed class MemoryWriter(IConversationObserver next, MemoryFile file, TimeProvider time) : IConversationObserver
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly Channel<IReadOnlyList<Remembered>> _changes =
        Channel.CreateBounded<IReadOnlyList<Remembered>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.MemoryChanged changed) _changes.Writer.TryWrite(changed.Things);
        next.OnNews(news);
    }

    /// <summary>Works until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await _changes.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                await Task.Delay(Settling, time, stop).ConfigureAwait(false);
                Write();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Write();
        }
    }

    private void Write()
    {
        if (_changes.Reader.TryRead(out var things)) file.Save(things);
    }
}
