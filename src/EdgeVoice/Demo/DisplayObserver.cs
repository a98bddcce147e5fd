using EdgeVoice.Core.Conversation;
using EdgeVoice.Terminal;

namespace EdgeVoice.Demo;

/// <summary>Shows the conversation on a terminal and passes everything on.</summary>
internal sealed class DisplayObserver(IConversationObserver next, IDeviceDisplay display) : IConversationObserver
{
    private readonly HashSet<string> _grown = new(StringComparer.Ordinal);
    private readonly Dictionary<TranscriptRole, string> _growing = [];

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
        // An item whose end never came (its connection was lost) must not run on into the next one.
        if (_growing.TryGetValue(role, out var open) && open != grew.ItemId) End(role);
        if (!grew.IsFinal)
        {
            _growing[role] = grew.ItemId;
            _grown.Add(grew.ItemId);
            display.AppendTranscript(role, grew.Text);
            return;
        }

        if (!_grown.Remove(grew.ItemId)) display.AppendTranscript(role, grew.Text);
        End(role);
    }

    private void End(TranscriptRole role)
    {
        if (_growing.Remove(role, out var item)) _grown.Remove(item);
        display.EndTranscript(role);
    }
}
