using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Device;

/// <summary>Tells the session when somebody begins to wait for it, and again with each turn.</summary>
internal sealed class HurryObserver(IConversationObserver next, TurnRules rules, Action hurry) : IConversationObserver
{
    private int? _waitedFor;

    public void OnNews(ConversationNews news)
    {
        if (news is ConversationNews.StateChanged { State: var state }) Look(state);
        next.OnNews(news);
    }

    private void Look(DeviceState state)
    {
        int? turn = LinkMachine.IsWaitedFor(state, rules) ? state.TurnNumber : null;
        if (turn is not null && turn != _waitedFor && !state.IsConnected) hurry();
        _waitedFor = turn;
    }
}
