using EdgeVoice.Core.Control;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Service;

namespace EdgeVoice.Tests.Service;

public sealed class ControlWatchTests : IConversationObserver
{
    private readonly List<ConversationNews> _passed = [];
    private readonly List<string> _missing = [];
    private readonly ControlWatch _watch;

    public ControlWatchTests() => _watch = new ControlWatch(this, () => _missing);

    [Fact]
    public void OnNews_WithoutAWatcher_IsPassedOnAndNothingElse()
    {
        Tell(new DeviceState());
        _watch.OnNews(new ConversationNews.Told("dinner"));
        Assert.Equal(2, _passed.Count);

        using var late = _watch.Feed.Subscribe();
        Assert.Null(late.Take());
    }

    [Fact]
    public void OnNews_Words_AreToldAsTheyCome()
    {
        using var feed = _watch.Feed.Subscribe();
        _watch.OnNews(new ConversationNews.TranscriptGrew("assistant", "i", "Ten ", false));
        _watch.OnNews(new ConversationNews.TranscriptGrew("assistant", "i", "Ten past.", true));
        _watch.OnNews(new ConversationNews.Told("dinner"));

        Assert.Equal(new ControlEvent { Event = "transcript", Role = "assistant", Item = "i", Text = "Ten ", Final = false }, feed.Take());
        Assert.Equal(new ControlEvent { Event = "transcript", Role = "assistant", Item = "i", Text = "Ten past.", Final = true }, feed.Take());
        Assert.Equal(new ControlEvent { Event = "told", Text = "dinner" }, feed.Take());
        Assert.Null(feed.Take());
        Assert.Equal(3, _passed.Count);
    }

    [Fact]
    public void OnNews_State_IsToldOnlyWhereWhatIsShownHasChanged()
    {
        using var feed = _watch.Feed.Subscribe();
        Tell(new DeviceState { Link = LinkState.Ready });
        Tell(new DeviceState { Link = LinkState.Ready, TurnNumber = 7 });
        Tell(new DeviceState { Link = LinkState.Ready, TurnNumber = 7, Mute = MuteState.Muted });
        _watch.VolumeChanged(40);
        _watch.VolumeChanged(40);

        var first = new ControlEvent { Event = "state", Link = "Ready", Conversation = "Closed", Turn = "Idle", Mute = "Open", Text = "all well" };
        Assert.Equal(first, feed.Take());
        Assert.Equal(first with { Mute = "Muted" }, feed.Take());
        Assert.Equal(first with { Mute = "Muted", Volume = 40 }, feed.Take());
        Assert.Null(feed.Take());
    }

    [Fact]
    public void OnNews_StateAfterATimeWithoutWatchers_IsToldAnew()
    {
        using (_watch.Feed.Subscribe()) Tell(new DeviceState());
        Tell(new DeviceState { Link = LinkState.Ready });
        using var feed = _watch.Feed.Subscribe();
        Tell(new DeviceState());
        Assert.Equal("Offline", feed.Take()?.Link);
    }

    [Fact]
    public void Refused_Problems_AreOneLine()
    {
        Assert.Empty(StatusText.Refused([]));
        Assert.Equal(["configuration not taken: line 3"], StatusText.Refused(["line 3"]));
        Assert.Equal(["configuration not taken: line 3 (and 2 more)"], StatusText.Refused(["line 3", "line 4", "line 5"]));
    }

    void IConversationObserver.OnNews(ConversationNews news) => _passed.Add(news);

    private void Tell(DeviceState state) => _watch.OnNews(new ConversationNews.StateChanged(state));
}
