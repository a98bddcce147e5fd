using System.Collections.Frozen;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>The wire's names of the server events, those of today and those of the beta.</summary>
internal static class ServerEventTypes
{
    /// <summary>Record type by wire name.</summary>
    public static readonly FrozenDictionary<string, Type> ByName = new Dictionary<string, Type>
    {
        ["conversation.created"] = typeof(ConversationCreated),
        ["conversation.item.added"] = typeof(ConversationItemAdded),
        ["conversation.item.created"] = typeof(ConversationItemCreated),
        ["conversation.item.deleted"] = typeof(ConversationItemDeleted),
        ["conversation.item.done"] = typeof(ConversationItemDone),
        ["conversation.item.input_audio_transcription.completed"] = typeof(ConversationItemInputAudioTranscriptionCompleted),
        ["conversation.item.input_audio_transcription.delta"] = typeof(ConversationItemInputAudioTranscriptionDelta),
        ["conversation.item.input_audio_transcription.failed"] = typeof(ConversationItemInputAudioTranscriptionFailed),
        ["conversation.item.input_audio_transcription.segment"] = typeof(ConversationItemInputAudioTranscriptionSegment),
        ["conversation.item.retrieved"] = typeof(ConversationItemRetrieved),
        ["conversation.item.truncated"] = typeof(ConversationItemTruncated),
        ["error"] = typeof(ErrorEvent),
        ["input_audio_buffer.cleared"] = typeof(InputAudioBufferCleared),
        ["input_audio_buffer.committed"] = typeof(InputAudioBufferCommitted),
        ["input_audio_buffer.dtmf_event_received"] = typeof(InputAudioBufferDtmfEventReceived),
        ["input_audio_buffer.speech_started"] = typeof(InputAudioBufferSpeechStarted),
        ["input_audio_buffer.speech_stopped"] = typeof(InputAudioBufferSpeechStopped),
        ["input_audio_buffer.timeout_triggered"] = typeof(InputAudioBufferTimeoutTriggered),
        ["mcp_list_tools.completed"] = typeof(McpListToolsCompleted),
        ["mcp_list_tools.failed"] = typeof(McpListToolsFailed),
        ["mcp_list_tools.in_progress"] = typeof(McpListToolsInProgress),
        ["output_audio_buffer.cleared"] = typeof(OutputAudioBufferCleared),
        ["output_audio_buffer.started"] = typeof(OutputAudioBufferStarted),
        ["output_audio_buffer.stopped"] = typeof(OutputAudioBufferStopped),
        ["rate_limits.updated"] = typeof(RateLimitsUpdated),
        ["response.content_part.added"] = typeof(ResponseContentPartAdded),
        ["response.content_part.done"] = typeof(ResponseContentPartDone),
        ["response.created"] = typeof(ResponseCreated),
        ["response.done"] = typeof(ResponseDone),
        ["response.function_call_arguments.delta"] = typeof(ResponseFunctionCallArgumentsDelta),
        ["response.function_call_arguments.done"] = typeof(ResponseFunctionCallArgumentsDone),
        ["response.mcp_call.completed"] = typeof(ResponseMcpCallCompleted),
        ["response.mcp_call.failed"] = typeof(ResponseMcpCallFailed),
        ["response.mcp_call.in_progress"] = typeof(ResponseMcpCallInProgress),
        ["response.mcp_call_arguments.delta"] = typeof(ResponseMcpCallArgumentsDelta),
        ["response.mcp_call_arguments.done"] = typeof(ResponseMcpCallArgumentsDone),
        ["response.output_audio.delta"] = typeof(ResponseOutputAudioDelta),
        ["response.output_audio.done"] = typeof(ResponseOutputAudioDone),
        ["response.output_audio_transcript.delta"] = typeof(ResponseOutputAudioTranscriptDelta),
        ["response.output_audio_transcript.done"] = typeof(ResponseOutputAudioTranscriptDone),
        ["response.output_item.added"] = typeof(ResponseOutputItemAdded),
        ["response.output_item.done"] = typeof(ResponseOutputItemDone),
        ["response.output_text.delta"] = typeof(ResponseOutputTextDelta),
        ["response.output_text.done"] = typeof(ResponseOutputTextDone),
        ["session.created"] = typeof(SessionCreated),
        ["session.updated"] = typeof(SessionUpdated),

        // Names of the beta: other servers and old models still use them.
        ["response.audio.delta"] = typeof(ResponseOutputAudioDelta),
        ["response.audio.done"] = typeof(ResponseOutputAudioDone),
        ["response.audio_transcript.delta"] = typeof(ResponseOutputAudioTranscriptDelta),
        ["response.audio_transcript.done"] = typeof(ResponseOutputAudioTranscriptDone),
        ["response.text.delta"] = typeof(ResponseOutputTextDelta),
        ["response.text.done"] = typeof(ResponseOutputTextDone),
        ["transcription_session.created"] = typeof(SessionCreated),
        ["transcription_session.updated"] = typeof(SessionUpdated),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
