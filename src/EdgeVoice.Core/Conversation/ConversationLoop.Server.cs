using System.Globalization;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

public sealed partial class ConversationLoop
{

    // Races that every client loses now and then (protocol, section 7): nothing follows from them.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "response_cancel_not_active", "item_truncate_invalid_item_id", "item_truncate_invalid_audio_end_ms",
        "item_delete_invalid_item_id", "unsupported_content_type",
    };

    private bool _askAgain;

    private bool? OnServer(ServerEvent spoke)
    {
        switch (spoke)
        {
            case ResponseCreated created:
                OnResponseCreated(created.Response);
                break;
            case ResponseOutputItemAdded { Item: MessageItem { Role: MessageRole.Assistant, Id: { } id } } added:
                _ledger.Announce(added.ResponseId, id);
                break;
            case ResponseOutputItemDone { Item: FunctionCallItem call } done:
                _calls.Take(done.ResponseId, call);
                break;
            case ResponseDone done:
                return OnResponseDone(done.Response);
            case MalformedServerEvent { ReceivedType: "response.done" }:
                // Unreadable or not, it says that the answer is complete; waiting on would be for ever.
                foreach (var running in _ledger.Running.ToList()) _ledger.End(running);
                return !_ledger.IsBusy && State.Turn is TurnState.Thinking or TurnState.Speaking ? false : null;
            case ErrorEvent error:
                return OnError(error.Error);
            default:
                ShowTranscript(spoke);
                break;
        }

        return null;
    }

    private void OnResponseCreated(Response response)
    {
        _observer.OnNews(new ConversationNews.Milestone("response.created", State.TurnNumber, _time.NowNs()));
        int? turn = response.Metadata.Value is { } metadata && metadata.TryGetValue(TurnMetadata.Key, out var number) &&
            int.TryParse(number, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if (!_ledger.Begin(response.Id, turn)) _effects.Refuse(response.Id);
    }

    private bool? OnResponseDone(Response response)
    {
        _ledger.End(response.Id);
        var failed = response.Status == ResponseStatus.Failed;
        if (failed) LogFailed(OneLine.Of(response.StatusDetails.Value?.Error?.Message ?? response.StatusDetails.Value?.Error?.Code));
        if (_calls.Answer(response)) return null;
        if (_askAgain)
        {
            _askAgain = false;
            _effects.Ask(State.TurnNumber);
            return null;
        }

        // A cancelled response ends nothing: whatever cancelled it has moved the turn already.
        if (response.Status == ResponseStatus.Cancelled || _ledger.IsBusy) return null;
        return State.Turn is TurnState.Thinking or TurnState.Committing or TurnState.Speaking ? failed : null;
    }

    private bool? OnError(RealtimeError error)
    {
        if (error.Code is { } code && Harmless.Contains(code) || error.Message.Contains("already shorter", StringComparison.Ordinal) ||
            error.Message.StartsWith("Only model output audio", StringComparison.Ordinal))
        {
            LogHarmless(OneLine.Of(error.Message));
            return null;
        }

        if (error.Code == "conversation_already_has_active_response")
        {
            _askAgain = true;
            return null;
        }

        if (error.Code == "input_audio_buffer_commit_empty")
        {
            Post(new TurnTakenBack(State.TurnNumber, "too short"));
            return null;
        }

        LogError(error.Code ?? error.Type, OneLine.Of(error.Message), error.Param ?? "-");
        _observer.OnNews(new ConversationNews.Told($"server: {OneLine.Of(error.Message)}"));
        var ours = error.EventId is { } id && (id == "commit" || id.StartsWith("answer_", StringComparison.Ordinal));
        return ours && State.Turn is TurnState.Thinking or TurnState.Committing ? true : null;
    }

    private void ShowTranscript(ServerEvent spoke)
    {
        ConversationNews.TranscriptGrew? news = spoke switch
        {
            ConversationItemInputAudioTranscriptionDelta d => new("user", d.ItemId, d.Delta.Value ?? "", false),
            ConversationItemInputAudioTranscriptionCompleted c => new("user", c.ItemId, c.Transcript, true),
            ResponseOutputAudioTranscriptDelta d => new("assistant", d.ItemId, d.Delta, false),
            ResponseOutputAudioTranscriptDone d => new("assistant", d.ItemId, d.Transcript, true),
            ResponseOutputTextDelta d => new("assistant", d.ItemId, d.Delta, false),
            ResponseOutputTextDone d => new("assistant", d.ItemId, d.Text, true),
            _ => null,
        };
        if (news is not null) _observer.OnNews(news);
    }
}
