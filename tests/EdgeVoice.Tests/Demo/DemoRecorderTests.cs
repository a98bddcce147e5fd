using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Demo;

namespace EdgeVoice.Tests.Demo;

public sealed class DemoRecorderTests
{
    private static readonly DeviceState Ready = new() { Link = LinkState.Ready, TurnNumber = 1 };
    private readonly DemoRecorder _recorder = new();

    [Theory]
    [InlineData(TurnState.Committing, TurnState.Idle, 1)]
    [InlineData(TurnState.Thinking, TurnState.Armed, 1)]
    [InlineData(TurnState.Thinking, TurnState.Speaking, 0)]
    [InlineData(TurnState.Speaking, TurnState.Idle, 0)]
    public void Unanswered_ByTheTurnsWay_CountsRestWithoutAnAnswer(TurnState from, TurnState to, int count)
    {
        Be(Ready with { Turn = from });
        Be(Ready with { Turn = to });
        Assert.Equal(count, _recorder.Unanswered);
    }

    [Fact]
    public void Unanswered_WhenANewConnectionBeginsAfresh_StaysAsItWas()
    {
        Be(Ready with { Turn = TurnState.Thinking });
        Be(Ready with { Link = LinkState.Offline, Turn = TurnState.Committing });
        Be(Ready with { Link = LinkState.Connecting, Turn = TurnState.Committing });
        Be(Ready with { Turn = TurnState.Armed });
        Assert.Equal(0, _recorder.Unanswered);
    }

    [Fact]
    public void Told_WithinATurn_KeepsTheNewestAndForgetsAtTheNext()
    {
        Be(Ready);
        foreach (var text in (string[])["muted", "server: busy", "the server could not answer"]) _recorder.OnNews(new ConversationNews.Told(text));
        Assert.Equal("server: busy; the server could not answer", _recorder.Told);
        Be(Ready with { TurnNumber = 2 });
        Assert.Empty(_recorder.Told);
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    public void Item_WhenTheLinkIsLost_IsLostUnlessItHadAllCome(bool complete, bool soundedBefore, bool lost)
    {
        var audio = new AudioItem("resp_1", "item_1", 0, 24_000);
        if (complete) audio.MarkDone();
        Be(Ready with { Turn = TurnState.Speaking });
        if (soundedBefore) Sound(audio);
        Be(Ready with { Link = LinkState.Offline, Turn = TurnState.Speaking });
        if (!soundedBefore) Sound(audio);
        Assert.Equal(lost, Assert.Single(_recorder.Items).IsLost);
    }

    private void Be(DeviceState state) => _recorder.OnNews(new ConversationNews.StateChanged(state));

    private void Sound(AudioItem audio) =>
        _recorder.OnNews(new ConversationNews.Sounded(new PlayedMark { Kind = PlayedMarkKind.Started, Item = audio }));
}
