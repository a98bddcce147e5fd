using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Service;

/// <summary>Keeps the service manager's status line true, from <see cref="Begin"/> on, and passes the news on.</summary>
/// <remarks>News come on the conversation's loop; <see cref="Begin"/> may be called by any thread.</remarks>
internal sealed class SupervisorObserver(
    IConversationObserver next, IServiceSupervisor supervisor, string mode, Func<IReadOnlyList<string>> missing) : IConversationObserver
{
    private readonly Lock _gate = new();
    private DeviceState _state = new();
    private string? _told;
    private bool _begun;

    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.StateChanged changed)
        {
            lock (_gate)
            {
                _state = changed.State;
                Tell();
            }
        }

        next.OnNews(news);
    }

    /// <summary>The service is ready: from now on its status is told whenever it changes.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _begun = true;
            Tell();
        }
    }

    private void Tell()
    {
        if (!_begun) return;
        var text = $"ready, {mode}: {StatusText.Of(_state, missing())}";
        if (text == _told) return;
        _told = text;
        supervisor.Status(text);
    }
}
