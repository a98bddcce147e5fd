using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>Lets the microphone's thread rest while nobody talks, and wakes it with the first edge.</summary>
internal sealed class CaptureAttention(IConversationObserver next, CaptureControl capture) : IConversationObserver
{
    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.StateChanged { State: var state }) capture.SetIdle(state is { Gate: TurnGate.None, Press: null });
        next.OnNews(news);
    }
}
