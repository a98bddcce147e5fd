using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>Shows the lights what is cued, and has them look again at once when a state changes; they sleep while nothing moves.</summary>
internal sealed class LightsObserver(IConversationObserver next, Action<Cue> cued, Action changed) : IConversationObserver
{
    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.Cued { Cue: var cue }) cued(cue);
        if (news is ConversationNews.StateChanged or ConversationNews.Cued) changed();
        next.OnNews(news);
    }
}
