using EdgeVoice.Core.Conversation;
using EdgeVoice.Device;

namespace EdgeVoice.Tests.Device;

public sealed class LastWordsTests : IConversationObserver
{
    private readonly List<ConversationNews> _passed = [];

    [Fact]
    public void OnNews_TranscriptsOfBothSides_AreTheLastOnes()
    {
        var words = new LastWords(this);
        Assert.Equal((null, null), (words.User, words.Assistant));
        words.OnNews(new ConversationNews.TranscriptGrew("user", "u", "What time?", true));
        words.OnNews(new ConversationNews.TranscriptGrew("assistant", "a", "Ten ", false));
        words.OnNews(new ConversationNews.TranscriptGrew("assistant", "a", "past", false));
        Assert.Equal(("What time?", "Ten past"), (words.User, words.Assistant));
        words.OnNews(new ConversationNews.TranscriptGrew("assistant", "a", "Ten past four.", true));
        Assert.Equal("Ten past four.", words.Assistant);
        words.OnNews(new ConversationNews.TranscriptGrew("assistant", "b", "Yes", false));
        Assert.Equal("Yes", words.Assistant);
        Assert.Equal(5, _passed.Count);
    }

    [Fact]
    public void OnNews_EndlessText_StaysSmall()
    {
        var words = new LastWords(this);
        for (var i = 0; i < 10; i++) words.OnNews(new ConversationNews.TranscriptGrew("assistant", "a", new string('x', 1_000), false));
        Assert.Equal(4_000, words.Assistant!.Length);
    }

    void IConversationObserver.OnNews(ConversationNews news) => _passed.Add(news);
}
