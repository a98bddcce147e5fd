using EdgeVoice.Core.Conversation;
using EdgeVoice.Terminal;

namespace EdgeVoice.Demo;

/// <summary>Shows the conversation on a terminal and passes everything on.</summary>
internal sealed class DisplayObserver(IConversationObserver next, IDeviceDisplay display) : IConversationObserver
{
    private readonly HashSet<string> _grown = new(StringComparer.Ordinal);

    public void OnNews(ConversationNews news)
    {
        next.OnNews(news);
        switch (news)
        {
            case ConversationNews.StateChanged { State: var state }:
                display.SetStates(
                    state.Link.ToString(), state.Conversation.ToString(), state.Turn.ToString(), state.Mute == MuteState.Muted);
                break;
            case ConversationNews.TranscriptGrew grew:
                Show(grew);
                break;
            case ConversationNews.ItemCut { AudioEndMs: { } end } cut:
                display.Note($"interrupted: {cut.PlayedMs:0} ms were heard; the server's memory of it now ends at {end} ms");
                break;
            case ConversationNews.Told told:
                display.Note(told.Text);
                break;
        }
    }

    // What grew piece by piece is only ended; what comes at once is shown whole.
    private void Show(ConversationNews.TranscriptGrew grew)
    {
        var role = grew.Role == "user" ? TranscriptRole.User : TranscriptRole.Assistant;
        if (!grew.IsFinal)
        {
            _grown.Add(grew.ItemId);
            display.AppendTranscript(role, grew.Text);
            return;
        }

        if (!_grown.Remove(grew.ItemId)) display.AppendTranscript(role, grew.Text);
        display.EndTranscript(role);
    }
}
