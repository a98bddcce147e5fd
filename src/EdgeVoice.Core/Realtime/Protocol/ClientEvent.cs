using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>One message to the server.</summary>
public abstract record ClientEvent : WireRecord
{
    /// <summary>Makes an event of the given wire type.</summary>
    protected ClientEvent(string type) => Type = type;

    /// <summary>The wire's name of the event.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; }

    /// <summary>Our id of this event, 512 characters at most: an error about the event names it. Null to send none.</summary>
    [JsonPropertyOrder(-1)]
    public string? EventId { get; init; }
}

/// <summary><c>session.update</c>: changes the settings that are mentioned, and no others.</summary>
/// <param name="Session">The settings.</param>
public sealed record SessionUpdate(Session Session) : ClientEvent("session.update");

/// <summary>
/// <c>input_audio_buffer.append</c>: sound; never acknowledged. <see cref="AppendEncoder"/> writes it without allocating.
/// </summary>
/// <param name="Audio">Bytes in the session's input format, 15 MiB at most.</param>
public sealed record InputAudioBufferAppend(ReadOnlyMemory<byte> Audio) : ClientEvent("input_audio_buffer.append");

/// <summary><c>input_audio_buffer.commit</c>: makes a user item of the sound so far, 100 ms at least; starts no response.</summary>
public sealed record InputAudioBufferCommit() : ClientEvent("input_audio_buffer.commit");

/// <summary><c>input_audio_buffer.clear</c>: takes the sound so far back.</summary>
public sealed record InputAudioBufferClear() : ClientEvent("input_audio_buffer.clear");

/// <summary><c>output_audio_buffer.clear</c>: drops unplayed sound; only over WebRTC and SIP.</summary>
public sealed record OutputAudioBufferClear() : ClientEvent("output_audio_buffer.clear");

/// <summary><c>conversation.item.create</c>: puts an item into the conversation; starts no response.</summary>
/// <param name="Item">The item.</param>
/// <param name="PreviousItemId">The item it goes after; <c>root</c> for the start, null for the end.</param>
public sealed record ConversationItemCreate(ConversationItem Item, string? PreviousItemId = null)
    : ClientEvent("conversation.item.create");

/// <summary><c>conversation.item.retrieve</c>: asks for an item with its audio.</summary>
/// <param name="ItemId">The item.</param>
public sealed record ConversationItemRetrieve(string ItemId) : ClientEvent("conversation.item.retrieve");

/// <summary><c>conversation.item.truncate</c>: keeps what was heard of an audio item and drops the rest, transcript included.</summary>
/// <param name="ItemId">An assistant's item with audio.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="AudioEndMs">Milliseconds heard, inclusive, of the part's own time; never more than was received.</param>
public sealed record ConversationItemTruncate(string ItemId, int ContentIndex, int AudioEndMs)
    : ClientEvent("conversation.item.truncate");

/// <summary><c>conversation.item.delete</c>: removes an item.</summary>
/// <param name="ItemId">The item.</param>
public sealed record ConversationItemDelete(string ItemId) : ClientEvent("conversation.item.delete");

/// <summary><c>response.create</c>: asks for an answer; one at a time in the conversation.</summary>
/// <param name="Response">What differs from the session; null for nothing.</param>
public sealed record ResponseCreate(ResponseParameters? Response = null) : ClientEvent("response.create");

/// <summary><c>response.cancel</c>: ends an answer; an error, harmless, where none is running.</summary>
/// <param name="ResponseId">The response; null for the conversation's running one.</param>
public sealed record ResponseCancel(string? ResponseId = null) : ClientEvent("response.cancel");
