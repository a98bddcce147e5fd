using EdgeVoice.Core.Control;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Service;

/// <summary>Tells the control socket's watchers what happens, and passes the news on; without a watcher it does nothing else.</summary>
/// <remarks>News come on the conversation's loop; <see cref="VolumeChanged"/> may be called by any thread.</remarks>
internal sealed class ControlWatch(IConversationObserver next, Func<IReadOnlyList<string>> missing) : IConversationObserver
{
    private readonly Lock _gate = new();
    private ControlEvent? _told;
    private DeviceState _state = new();
    private int? _volume;

    /// <summary>What happens from now on.</summary>
    public ControlFeed Feed { get; } = new();

    public void OnNews(ConversationNews news)
    {
        switch (news)
        {
            case ConversationNews.StateChanged { State: var state }:
                lock (_gate)
                {
                    _state = state;
                    TellState();
                }

                break;
            case ConversationNews.TranscriptGrew grew when Feed.IsWatched:
                Feed.Publish(new ControlEvent
                {
                    Event = ControlEvent.TranscriptName,
                    Role = grew.Role,
                    Item = grew.ItemId,
                    Text = grew.Text,
                    Final = grew.IsFinal,
                });
                break;
            case ConversationNews.Told told when Feed.IsWatched:
                Feed.Publish(new ControlEvent { Event = ControlEvent.ToldName, Text = told.Text });
                break;
        }

        next.OnNews(news);
    }

    /// <summary>The volume is another one, 0 to 100.</summary>
    public void VolumeChanged(int percent)
    {
        lock (_gate)
        {
            _volume = percent;
            TellState();
        }
    }

    // The conversation's state has many more fields than are told: only a change of these is one.
    private void TellState()
    {
        if (!Feed.IsWatched)
        {
            _told = null;
            return;
        }

        var now = new ControlEvent
        {
            Event = ControlEvent.StateName,
            Link = _state.Link.ToString(),
            Conversation = _state.Conversation.ToString(),
            Turn = _state.Turn.ToString(),
            Mute = _state.Mute.ToString(),
            Volume = _volume,
            Text = StatusText.Of(_state, missing()),
        };
        if (now == _told) return;
        _told = now;
        Feed.Publish(now);
    }
}
