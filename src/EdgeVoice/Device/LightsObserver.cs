using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>Has the lights look again at once when a state changes; they sleep while nothing moves.</summary>
internal sealed class LightsObserver(IConversationObserver next, Action changed) : IConversationObserver
{
    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.StateChanged) changed();
        next.OnNews(news);
    }
}
