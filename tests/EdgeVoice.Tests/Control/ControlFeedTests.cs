using EdgeVoice.Core.Control;

namespace EdgeVoice.Tests.Control;

public sealed class ControlFeedTests
{
    private readonly ControlFeed _feed = new();

    [Fact]
    public void Publish_ToSeveral_ReachesEachInOrder()
    {
        using var one = _feed.Subscribe();
        using var two = _feed.Subscribe();
        _feed.Publish(Told("a"));
        _feed.Publish(Told("b"));
        Assert.Equal(("a", "b"), (one.Take()?.Text, one.Take()?.Text));
        Assert.Equal(("a", "b"), (two.Take()?.Text, two.Take()?.Text));
    }

    [Fact]
    public void IsWatched_UntilTheLastHasGone()
    {
        Assert.False(_feed.IsWatched);
        var (one, two) = (_feed.Subscribe(), _feed.Subscribe());
        one.Dispose();
        one.Dispose();
        Assert.True(_feed.IsWatched);
        two.Dispose();
        Assert.False(_feed.IsWatched);
    }

    [Fact]
    public void Publish_MoreEventsThanMayWait_MarksTheWatcherAsBehindAndKeepsNoMore()
    {
        using var slow = _feed.Subscribe();
        for (var i = 0; i < ControlSubscription.MaxEvents; i++) _feed.Publish(Told("x"));
        Assert.False(slow.IsBehind);
        _feed.Publish(Told("x"));
        Assert.True(slow.IsBehind);
        var kept = 0;
        while (slow.Take() is not null) kept++;
        Assert.Equal(ControlSubscription.MaxEvents, kept);
    }

    [Fact]
    public void Publish_MoreTextThanMayWait_MarksTheWatcherAsBehind()
    {
        using var slow = _feed.Subscribe();
        var half = new string('x', ControlSubscription.MaxText / 2);
        for (var i = 0; i < 100; i++)
        {
            _feed.Publish(Told(half));
            Assert.NotNull(slow.Take());
        }

        _feed.Publish(Told(half));
        _feed.Publish(Told(half));
        Assert.False(slow.IsBehind);
        _feed.Publish(Told("x"));
        Assert.True(slow.IsBehind);
    }

    private static ControlEvent Told(string text) => new() { Event = ControlEvent.ToldName, Text = text };
}
