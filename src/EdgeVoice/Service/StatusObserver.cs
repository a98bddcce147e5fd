using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>Writes to the journal what people would want to read there.</summary>
internal sealed partial class StatusObserver(ILogger log) : IConversationObserver
{
    private readonly ILogger _log = log;
    private DeviceState _state = new();

    /// <inheritdoc />
    public void OnNews(ConversationNews news)
    {
        switch (news)
        {
            case ConversationNews.StateChanged { State: var state }:
                if (state.Conversation != _state.Conversation) LogConversation(state.Conversation);
                _state = state;
                break;
            case ConversationNews.ItemCut cut:
                LogCut(cut.ItemId, cut.PlayedMs);
                break;
            case ConversationNews.Cued { Cue.Trouble: var trouble and not Trouble.None }:
                LogTrouble(Troubles.Name(trouble), Troubles.Blinks(trouble));
                break;
            case ConversationNews.Told told:
                LogTold(OneLine.Of(told.Text));
                break;
        }
    }

    [LoggerMessage(EventId = 1211, Level = LogLevel.Information, Message = "Conversation {state}")]
    private partial void LogConversation(ConversationState state);

    [LoggerMessage(EventId = 1212, Level = LogLevel.Information, Message = "Answer {item} interrupted after {ms:0} ms")]
    private partial void LogCut(string item, double ms);

    [LoggerMessage(EventId = 1214, Level = LogLevel.Warning, Message = "Trouble: {trouble}, {blinks} blinks")]
    private partial void LogTrouble(string trouble, int blinks);

    [LoggerMessage(EventId = 1213, Level = LogLevel.Information, Message = "{text}")]
    private partial void LogTold(string text);
}
