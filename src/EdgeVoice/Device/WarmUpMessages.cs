using System.Text;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Device;

/// <summary>What a server says in one turn, one message of each kind: reading a kind for the first time costs milliseconds.</summary>
internal static class WarmUpMessages
{
    private const string Part = "\"response_id\":\"r#\",\"item_id\":\"i#\",\"output_index\":0,\"content_index\":0";
    private const string Answer = """
        "id":"i#","object":"realtime.item","type":"message","status":"completed","role":"assistant",
        "content":[{"type":"output_audio","transcript":"."}]
        """;

    private const string Usage = """
        "usage":{"total_tokens":2,"input_tokens":1,"output_tokens":1,"input_token_details":{"text_tokens":1,"audio_tokens":0,"cached_tokens":0},
        "output_token_details":{"text_tokens":1,"audio_tokens":0}}
        """;

    /// <summary>What comes once the turn has been sent, to the middle of the answer.</summary>
    public static IEnumerable<byte[]> Begin(int turn) => Of(turn,
        """{"type":"input_audio_buffer.committed","event_id":"e","item_id":"q#","previous_item_id":null}""",
        """
        {"type":"conversation.item.added","event_id":"e","previous_item_id":null,
         "item":{"id":"q#","object":"realtime.item","type":"message","status":"completed","role":"user","content":[{"type":"input_audio","transcript":null}]}}
        """,
        """
        {"type":"conversation.item.done","event_id":"e","previous_item_id":null,
         "item":{"id":"q#","object":"realtime.item","type":"message","status":"completed","role":"user","content":[{"type":"input_audio","transcript":null}]}}
        """,
        """{"type":"response.created","event_id":"e","response":{"id":"r#","object":"realtime.response","status":"in_progress","output":[],"metadata":{"KEY":"#"}}}""",
        """{"type":"conversation.item.input_audio_transcription.delta","event_id":"e","item_id":"q#","content_index":0,"delta":"."}""",
        """
        {"type":"conversation.item.input_audio_transcription.completed","event_id":"e","item_id":"q#","content_index":0,"transcript":".",
         "usage":{"type":"duration","seconds":1.5}}
        """,
        """{"type":"rate_limits.updated","event_id":"e","rate_limits":[{"name":"requests","limit":1000,"remaining":999,"reset_seconds":0.1}]}""",
        """
        {"type":"response.output_item.added","event_id":"e","response_id":"r#","output_index":0,
         "item":{"id":"i#","object":"realtime.item","type":"message","status":"in_progress","role":"assistant","content":[]}}
        """,
        """{"type":"response.content_part.added","event_id":"e",PART,"part":{"type":"audio","transcript":""}}""",
        """{"type":"response.output_audio.delta","event_id":"e",PART,"delta":"SOUND"}""",
        """{"type":"response.output_audio_transcript.delta","event_id":"e",PART,"delta":"."}""");

    /// <summary>What comes when a person has spoken into it.</summary>
    public static IEnumerable<byte[]> Interrupt(int turn) => Of(turn,
        """{"type":"input_audio_buffer.cleared","event_id":"e"}""",
        """{"type":"input_audio_buffer.speech_started","event_id":"e","audio_start_ms":0,"item_id":"q#"}""",
        """{"type":"input_audio_buffer.speech_stopped","event_id":"e","audio_end_ms":10,"item_id":"q#"}""",
        """{"type":"conversation.item.truncated","event_id":"e","item_id":"i#","content_index":0,"audio_end_ms":4}""",
        """{"type":"response.done","event_id":"e","response":{"id":"r#","object":"realtime.response","status":"cancelled","status_details":{"type":"cancelled","reason":"client_cancelled"},"output":[{ANSWER}],USAGE}}""");

    /// <summary>The end of an answer that nobody interrupts.</summary>
    public static IEnumerable<byte[]> End(int turn) => Of(turn,
        """{"type":"response.output_audio.done","event_id":"e",PART}""",
        """{"type":"response.output_audio_transcript.done","event_id":"e",PART,"transcript":"."}""",
        """{"type":"response.content_part.done","event_id":"e",PART,"part":{"type":"audio","transcript":"."}}""",
        """{"type":"conversation.item.done","event_id":"e","previous_item_id":"q#","item":{ANSWER}}""",
        """{"type":"response.output_item.done","event_id":"e","response_id":"r#","output_index":0,"item":{ANSWER}}""",
        """{"type":"response.done","event_id":"e","response":{"id":"r#","object":"realtime.response","status":"completed","output":[{ANSWER}],USAGE}}""");

    private static IEnumerable<byte[]> Of(int turn, params string[] messages)
    {
        (string Mark, string Text)[] filled =
        [
            ("PART", Part), ("ANSWER", Answer), ("USAGE", Usage), ("KEY", TurnMetadata.Key), ("SOUND", Convert.ToBase64String(new byte[960])),
            ("#", turn.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return messages.Select(m => Encoding.UTF8.GetBytes(filled.Aggregate(m, (text, f) => text.Replace(f.Mark, f.Text, StringComparison.Ordinal))));
    }
}
