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

    // Turns (null: none of their own) whose order came while another response was running.
    private readonly Queue<int?> _askAgain = [];

    private bool? OnServer(ServerEvent spoke)
    {
        switch (spoke)
        {
            case ResponseCreated created:
                OnResponseCreated(created.Response);
                break;
            case ResponseOutputItemAdded { Item: MessageItem { Role: MessageRole.Assistant, Id: { } id } } added:
                _ledger.Announce(added.ResponseId, id);
                _memory.Announced(id);
                break;
            case ResponseOutputItemDone { Item: FunctionCallItem call } done:
                OnCall(done.ResponseId, call);
                break;
            case ResponseOutputItemDone done:
                _remote.Take(done.ResponseId, done.Item);
                if (done.Item is McpCallItem { Output.Value: { } output } remote)
                    _memory.Called($"{remote.ServerLabel}_{remote.Name}", remote.Arguments, output, isSent: true);
                break;
            case ResponseOutputTextDelta text:
                OnText(text);
                break;
            case ResponseMcpCallInProgress or ResponseMcpCallCompleted or ResponseMcpCallFailed or ResponseMcpCallArgumentsDone:
                Apply(new AnswerProgressed(IsShown: false));
                break;
            case IConversationItemArrival arrival:
                _remote.Listing(arrival.Item);
                break;
            case McpListToolsFailed failed:
                _remote.ListingFailed(failed.ItemId);
                break;
            case InputAudioBufferCommitted committed:
                _memory.Spoken(committed.ItemId);
                break;
            case ResponseOutputAudioDone:
                // The sound may have ended before its end was told.
                TellHeard(_ledger.Heard());
                break;
            case ResponseDone done:
                return OnResponseDone(done.Response);
            case MalformedServerEvent { ReceivedType: "response.done" }:
                // Unreadable or not, it says that the answer is complete; waiting on would be for ever.
                return EndAll() || AskedAgain() ? null : EndedWithoutSound(failed: false);
            case ErrorEvent error:
                return OnError(error.Error);
            case InputAudioBufferSpeechStarted or InputAudioBufferSpeechStopped or InputAudioBufferTimeoutTriggered:
                _ledger.SpeechMoved();
                break;
            default:
                ShowTranscript(spoke);
                break;
        }

        return null;
    }

    private void OnResponseCreated(Response response)
    {
        _observer.OnNews(new ConversationNews.Milestone("response.created", State.TurnNumber, _time.NowNs()));
        _effects.StopWaitingForMore();
        if (!_ledger.Begin(response.Id, Tag(response, TurnMetadata.Key), Tag(response, EffectRunner.OrderKey))) _effects.Refuse(response.Id);
        else _calls.Supersede();
    }

    // A text that was given up is not shown any further.
    private void OnText(ResponseOutputTextDelta text)
    {
        if (!_ledger.Running.Contains(text.ResponseId)) return;
        _ledger.Show(text.ResponseId, text.ItemId);
        _memory.Shown(text.ItemId);
        SettleOwed(text.ResponseId);
        ShowTranscript(text);
        Apply(new AnswerProgressed(IsShown: true));
    }

    private static int? Tag(Response response, string key) =>
        response.Metadata.Value is { } metadata && metadata.TryGetValue(key, out var number) &&
        int.TryParse(number, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;

    private bool? OnResponseDone(Response response)
    {
        var wanted = _ledger.End(response.Id, out var unheard);
        TellHeard(_ledger.Heard());
        _effects.Delete(unheard);
        foreach (var item in unheard) _memory.Cut(item, 0);
        var failed = response.Status == ResponseStatus.Failed;
        if (failed) _trouble = ErrorTroubles.Of(response.StatusDetails.Value?.Error?.Code ?? response.StatusDetails.Value?.Error?.Type);
        if (failed) LogFailed(OneLine.Of(response.StatusDetails.Value?.Error?.Message ?? response.StatusDetails.Value?.Error?.Code));
        // Its calls are answered even when it was given up: the model waits for their outputs.
        var goesOn = _remote.Answer(response);
        if (_calls.Close(response.Id, wanted && !failed && response.Status != ResponseStatus.Cancelled))
        {
            Asked(null);
            return null;
        }

        if (AskedAgain() || !wanted) return null;
        // It goes on when they have finished.
        if (_calls.IsAwaited) return null;
        if (goesOn)
        {
            Apply(new AnswerPaused());
            return null;
        }

        // A cancelled response ends nothing: whatever cancelled it has moved the turn already.
        return response.Status == ResponseStatus.Cancelled ? null : EndedWithoutSound(failed);
    }

    private bool? EndedWithoutSound(bool failed) =>
        !_ledger.IsBusy && TurnMachine.BeforePress(State) is TurnState.Thinking or TurnState.Committing or TurnState.Speaking ? failed : null;

    private bool AskedAgain()
    {
        while (_askAgain.TryDequeue(out var turn))
            if (turn is null || turn > State.GivenUpTo)
                return Asked(turn);
        return false;
    }

    private bool Asked(int? turn)
    {
        if (!_effects.Ask(turn)) return false;
        Apply(new AnswerOrdered());
        return true;
    }

    private bool? OnError(RealtimeError error)
    {
        if (error.Code is { } code && Harmless.Contains(code) || error.Message.Contains("already shorter", StringComparison.Ordinal) ||
            error.Message.StartsWith("Only model output audio", StringComparison.Ordinal))
        {
            LogHarmless(OneLine.Of(error.Message));
            return null;
        }

        // The uplink orders with a turn's commit, the conversation whatever else there is to order.
        var again = NumberOf(error, "again_");
        var asked = NumberOf(error, "answer_") ?? again;
        var more = NumberOf(error, EffectRunner.MorePrefix) is not null;
        var ownOrder = again is not null || more || NumberOf(error, "ask_") is not null;
        if (ownOrder) _ledger.OrderFailed();
        if (error.Code == "conversation_already_has_active_response")
        {
            if (!more) _askAgain.Enqueue(asked);
            return null;
        }

        if (NumberOf(error, ConversationMemory.EventPrefix) is not null)
        {
            LogNotTold(OneLine.Of(error.Message));
            return null;
        }

        var text = NumberOf(error, TextTurn.EventPrefix);
        if (text is { } refused) TakeBack(refused);
        var committed = text ?? NumberOf(error, "commit_");
        if (committed is not null && text is null) _effects.Run(new Effect.TakeCommit(), State);
        if (error.Code == "input_audio_buffer_commit_empty")
        {
            OnNothingCommitted(committed);
            return null;
        }

        _trouble = ErrorTroubles.Of(error.Code ?? error.Type);
        LogError(error.Code ?? error.Type, OneLine.Of(error.Message), error.Param ?? "-");
        _observer.OnNews(new ConversationNews.Told($"server: {OneLine.Of(error.Message)}"));
        var ours = ownOrder && asked is null || (asked ?? committed) is { } turn && turn == State.AwaitedTurn || InPlaceOfAnswer(error);
        return ours ? EndedWithoutSound(failed: true) : null;
    }

    // Where the server answers of itself (hands-free), it has no order to name when it fails to: waiting on would be for nothing.
    private bool InPlaceOfAnswer(RealtimeError error)
    {
        if (error is not { Type: "server_error", EventId: null } || TurnMachine.BeforePress(State) != TurnState.Thinking) return false;
        if (_ledger.IsOrdered) _ledger.OrderFailed();
        return true;
    }

    // The answer that was ordered with the commit would be to nothing.
    private void OnNothingCommitted(int? turn)
    {
        // Under the server's own turn detection, or from a server that does not name the event: it has just committed itself.
        if (turn is not { } empty) return;
        TakeBack(empty);
        Post(new TurnTakenBack(empty, "too short"));
    }

    // An answer that was ordered along with it would be to something else.
    private void TakeBack(int turn)
    {
        _ledger.Abandon(turn);
        _effects.Run(new Effect.AbandonTurn(turn), State);
    }

    private static int? NumberOf(RealtimeError error, string prefix) =>
        error.EventId is { } id && id.StartsWith(prefix, StringComparison.Ordinal) &&
        int.TryParse(id.AsSpan(prefix.Length), CultureInfo.InvariantCulture, out var number) ? number : null;

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
        if (news is null) return;
        _memory.Words(news.ItemId, news.Text, news.IsFinal);
        _observer.OnNews(news);
    }
}
