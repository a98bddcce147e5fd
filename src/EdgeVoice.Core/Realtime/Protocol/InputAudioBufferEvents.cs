using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>input_audio_buffer.speech_started</c>: voice activity detection heard speech begin.</summary>
/// <param name="AudioStartMs">Start in milliseconds of all audio written in this session, less the prefix padding.</param>
/// <param name="ItemId">The user item it will become.</param>
public sealed record InputAudioBufferSpeechStarted(int AudioStartMs = 0, string ItemId = "")
    : ServerEvent("input_audio_buffer.speech_started");

/// <summary><c>input_audio_buffer.speech_stopped</c>: voice activity detection heard speech end.</summary>
/// <param name="AudioEndMs">End in milliseconds of all audio written in this session, the silence window included.</param>
/// <param name="ItemId">The user item it will become.</param>
public sealed record InputAudioBufferSpeechStopped(int AudioEndMs = 0, string ItemId = "")
    : ServerEvent("input_audio_buffer.speech_stopped");

/// <summary><c>input_audio_buffer.committed</c>: the audio so far has become a user item.</summary>
/// <param name="PreviousItemId">Id of the item before it; null for the first.</param>
/// <param name="ItemId">The user item.</param>
public sealed record InputAudioBufferCommitted(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId = null,
    string ItemId = "")
    : ServerEvent("input_audio_buffer.committed");

/// <summary><c>input_audio_buffer.cleared</c>: the answer to <see cref="InputAudioBufferClear"/>.</summary>
public sealed record InputAudioBufferCleared() : ServerEvent("input_audio_buffer.cleared");

/// <summary><c>input_audio_buffer.timeout_triggered</c>: nobody spoke for the idle timeout; a response follows.</summary>
/// <param name="AudioStartMs">Start of the silent stretch in milliseconds of all audio written in this session.</param>
/// <param name="AudioEndMs">Its end.</param>
/// <param name="ItemId">The (silent) user item.</param>
public sealed record InputAudioBufferTimeoutTriggered(int AudioStartMs = 0, int AudioEndMs = 0, string ItemId = "")
    : ServerEvent("input_audio_buffer.timeout_triggered");

/// <summary><c>input_audio_buffer.dtmf_event_received</c>: a telephone key; only on SIP calls, and without an event id.</summary>
/// <param name="Event">The key: 0 to 9, *, #, A to D.</param>
/// <param name="ReceivedAt">Seconds since 1970.</param>
public sealed record InputAudioBufferDtmfEventReceived(string Event = "", long ReceivedAt = 0)
    : ServerEvent("input_audio_buffer.dtmf_event_received");
