using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>Remembers what was said last on each side, for whoever asks for the status; passes everything on.</summary>
/// <remarks>Written on the conversation's loop, read by any thread.</remarks>
internal sealed class LastWords(IConversationObserver next) : IConversationObserver
{
    private const int MaxLength = 4_000;
    private volatile Words _user = new("", "", true);
    private volatile Words _assistant = new("", "", true);

    /// <summary>What the person said or typed last; null: nothing yet, or there is no transcript.</summary>
    public string? User => _user.Text.Length == 0 ? null : _user.Text;

    /// <summary>What the model answered last, as far as it came; null: nothing yet.</summary>
    public string? Assistant => _assistant.Text.Length == 0 ? null : _assistant.Text;

    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.TranscriptGrew grew)
        {
            if (grew.Role == "user") _user = Grown(_user, grew);
            else _assistant = Grown(_assistant, grew);
        }

        next.OnNews(news);
    }

    private static Words Grown(Words before, ConversationNews.TranscriptGrew grew)
    {
        var begun = before.Item == grew.ItemId && !before.IsFinal ? before.Text : "";
        var text = grew.IsFinal ? grew.Text : begun + grew.Text;
        return new Words(grew.ItemId, text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)], grew.IsFinal);
    }

    private sealed record Words(string Item, string Text, bool IsFinal);
}
