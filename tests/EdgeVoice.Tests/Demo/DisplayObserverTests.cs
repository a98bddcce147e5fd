using EdgeVoice.Core.Conversation;
using EdgeVoice.Demo;
using EdgeVoice.Terminal;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Demo;

public sealed class DisplayObserverTests
{
    [Fact]
    public async Task Transcript_OfAnItemWithoutAnEnd_DoesNotRunIntoTheNext()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var display = new PlainDisplay(output, new ManualTime());
        var observer = new DisplayObserver(new DemoRecorder(), display);
        observer.OnNews(new ConversationNews.TranscriptGrew("assistant", "item_1", "Mix five ", false));
        observer.OnNews(new ConversationNews.TranscriptGrew("user", "item_2", "Stop.", true));
        observer.OnNews(new ConversationNews.TranscriptGrew("assistant", "item_3", "Of ", false));
        observer.OnNews(new ConversationNews.TranscriptGrew("assistant", "item_3", "course.", false));
        observer.OnNews(new ConversationNews.TranscriptGrew("assistant", "item_3", "Of course.", true));
        await display.DisposeAsync();
        var said = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[9..]);
        Assert.Equal(["you: Stop.", "device: Mix five ", "device: Of course."], said);
    }
}
