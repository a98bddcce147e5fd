using System.Text;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class ServerEventReaderTests
{
    private readonly ProtocolCounters _counters = new();
    private readonly ServerEventReader _reader;

    public ServerEventReaderTests() => _reader = new ServerEventReader(_counters);

    [Theory]
    [InlineData("response.audio.delta", typeof(ResponseOutputAudioDelta), "response.output_audio.delta")]
    [InlineData("response.audio.done", typeof(ResponseOutputAudioDone), "response.output_audio.done")]
    [InlineData("response.audio_transcript.delta", typeof(ResponseOutputAudioTranscriptDelta), "response.output_audio_transcript.delta")]
    [InlineData("response.audio_transcript.done", typeof(ResponseOutputAudioTranscriptDone), "response.output_audio_transcript.done")]
    [InlineData("response.text.delta", typeof(ResponseOutputTextDelta), "response.output_text.delta")]
    [InlineData("response.text.done", typeof(ResponseOutputTextDone), "response.output_text.done")]
    public void Read_OlderName_GivesThePresentRecord(string older, Type record, string present)
    {
        var e = Read($$"""{"type":"{{older}}","item_id":"i","content_index":2,"output_index":1,"response_id":"r"}""");
        Assert.IsType(record, e);
        Assert.Equal(present, e.Type);
        Assert.Equal(0, _counters.UnknownEvents);
    }

    [Fact]
    public void Read_ItemCreated_CanBeTreatedAsAdded()
    {
        var e = Read("""{"type":"conversation.item.created","previous_item_id":"a","item":{"id":"b","type":"message","role":"assistant","content":[{"type":"audio","transcript":"x"},{"type":"text","text":"y"}]}}""");
        var arrival = Assert.IsType<IConversationItemArrival>(e, exactMatch: false);
        Assert.Equal("a", arrival.PreviousItemId);
        var message = Assert.IsType<MessageItem>(arrival.Item);
        Assert.Equal(MessageRole.Assistant, message.Role);
        Assert.Equal([ContentKind.OutputAudio, ContentKind.OutputText], message.Content!.Select(p => p.Kind));
        Assert.Equal("x", message.Content![0].Transcript.Value);
        Assert.False(message.Content[0].Text.IsPresent);
    }

    [Fact]
    public void Read_FlatSessionOfTheBeta_FindsPresentPlaces()
    {
        var e = Assert.IsType<SessionCreated>(Read(
            """{"type":"session.created","session":{"id":"s","modalities":["text","audio"],"voice":"alloy","speed":1.1,"input_audio_format":"pcm16","output_audio_format":"g711_ulaw","input_audio_transcription":{"model":"whisper-1"},"turn_detection":null,"max_response_output_tokens":"inf","temperature":0.8}}"""));
        var session = e.Session;
        Assert.Equal([OutputModality.Audio], session.OutputModalities);
        Assert.Equal(TokenLimit.Infinite, session.MaxOutputTokens);
        Assert.Equal(AudioFormat.Pcm16, session.Audio!.Input!.Format);
        Assert.Equal("whisper-1", session.Audio.Input.Transcription.Value!.Model);
        Assert.True(session.Audio.Input.TurnDetection.IsNull);
        Assert.False(session.Audio.Input.NoiseReduction.IsPresent);
        Assert.Equal(AudioFormat.Pcmu, session.Audio.Output!.Format);
        Assert.Equal(new NamedVoice("alloy"), session.Audio.Output.Voice.Value);
        Assert.Equal(1.1, session.Audio.Output.Speed);
        Assert.Equal("temperature", Assert.Single(session.UnknownFields!).Key);
        Assert.Equal(1, _counters.UnknownFields);
    }

    [Fact]
    public void Read_FlatResponseOfTheBeta_FindsPresentPlaces()
    {
        var e = Assert.IsType<ResponseDone>(Read(
            """{"type":"response.done","response":{"id":"r","status":"completed","modalities":["text"],"voice":"alloy","output_audio_format":"pcm16"}}"""));
        Assert.Equal([OutputModality.Text], e.Response.OutputModalities);
        Assert.Equal(AudioFormat.Pcm16, e.Response.Audio!.Output!.Format);
        Assert.Null(e.Response.UnknownFields);
    }

    [Fact]
    public void Read_UnknownEvent_IsKeptByNameAndCounted()
    {
        var e = Assert.IsType<UnknownServerEvent>(Read("""{"event_id":"e","data":{"a":[1]},"type":"localai.extra"}"""));
        Assert.Equal(("localai.extra", "e"), (e.Type, e.EventId));
        Assert.Equal((1, 0), (_counters.UnknownEvents, _counters.Malformed));
    }

    [Fact]
    public void Read_UnknownFieldsAtEveryDepth_AreCountedAndKept()
    {
        var e = Read("""{"type":"response.created","x":1,"response":{"id":"r","y":{"z":2},"output":[{"type":"function_call","name":"n","w":null}]}}""");
        Assert.Equal("r", Assert.IsType<ResponseCreated>(e).Response.Id);
        Assert.Equal(3, _counters.UnknownFields);
        Assert.Equal(1, e.UnknownFields!["x"].GetInt32());
    }

    [Fact]
    public void Read_UnknownWords_AreToleratedAndCounted()
    {
        var e = Assert.IsType<ResponseDone>(Read(
            """{"type":"response.done","response":{"id":"r","status":"evaporated","status_details":{"type":"unknown","reason":"weather"},"output":[{"type":"poem"},{"type":"message","role":"narrator","content":[{"type":"smell"}]}]}}"""));
        Assert.Equal(ResponseStatus.Unknown, e.Response.Status);
        Assert.Equal(ResponseStatusReason.Unknown, e.Response.StatusDetails.Value!.Reason);
        Assert.Equal("poem", Assert.IsType<UnknownItem>(e.Response.Output![0]).Type);
        Assert.Equal(MessageRole.Unknown, Assert.IsType<MessageItem>(e.Response.Output[1]).Role);
        Assert.Equal(6, _counters.UnknownEnumValues);
    }

    [Fact]
    public void Read_MissingAndNullFields_AreEmptyNeverNull()
    {
        var missing = Assert.IsType<InputAudioBufferSpeechStarted>(Read("""{"type":"input_audio_buffer.speech_started"}"""));
        var nulls = Assert.IsType<InputAudioBufferSpeechStarted>(
            Read("""{"type":"input_audio_buffer.speech_started","event_id":null,"item_id":null,"audio_start_ms":null}"""));
        Assert.Equal(("", 0), (missing.ItemId, missing.AudioStartMs));
        Assert.Equal(("", 0), (nulls.ItemId, nulls.AudioStartMs));
    }

    [Theory]
    [InlineData("1480.0", 1480)]
    [InlineData("1480.9", 1480)]
    [InlineData("1.48e3", 1480)]
    public void Read_WholeNumberWrittenAsReal_IsTaken(string number, int expected)
    {
        var e = Read($$"""{"type":"conversation.item.truncated","audio_end_ms":{{number}}}""");
        Assert.Equal(expected, Assert.IsType<ConversationItemTruncated>(e).AudioEndMs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"error\"")]
    [InlineData("{}")]
    [InlineData("<html>502 Bad Gateway</html>")]
    [InlineData("""{"type":"session.created","session":{"id":"s""")]
    [InlineData("""{"type":"input_audio_buffer.cleared"} trailing""")]
    [InlineData("""{"type":"new.event"} trailing""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"conversation.item.deleted","item_id":7}""")]
    [InlineData("""{"type":"conversation.item.truncated","audio_end_ms":"1480"}""")]
    [InlineData("""{"type":"conversation.item.truncated","audio_end_ms":99999999999999}""")]
    [InlineData("""{"type":"response.done"}""")]
    [InlineData("""{"type":"response.done","response":null}""")]
    [InlineData("""{"type":"response.done","response":"resp_1"}""")]
    [InlineData("""{"type":"response.done","response":{"output":{}}}""")]
    [InlineData("""{"type":"response.done","response":{"output":[{"type":7}]}}""")]
    [InlineData("""{"type":"response.done","response":{"max_output_tokens":{}}}""")]
    [InlineData("""{"type":"session.created","session":{"voice":7}}""")]
    [InlineData("""{"type":"session.created","session":{"audio":{"input":{"format":{"type":7}}}}}""")]
    [InlineData("""{"type":"session.created","session":{"audio":{"input":{"format":{"rate":-1}}}}}""")]
    [InlineData("""{"type":"error","error":["no"]}""")]
    public void Read_WhatIsNoEvent_IsMalformedAndCounted(string json)
    {
        var e = Assert.IsType<MalformedServerEvent>(Read(json));
        Assert.NotEmpty(e.Reason);
        Assert.Equal(1, _counters.Malformed);
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_IsMalformed()
    {
        byte[] json = [.. "{\"type\":\"input_audio_buffer.speech_started\",\"item_id\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8];
        Assert.IsType<MalformedServerEvent>(_reader.Read(json));
        byte[] type = [.. "{\"type\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.IsType<MalformedServerEvent>(_reader.Read(type));
        Assert.False(_reader.TryReadAudioDelta(type, out _));
    }

    [Fact]
    public void Read_DeepNesting_IsMalformed()
    {
        var json = "{\"type\":\"response.done\",\"response\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        Assert.IsType<MalformedServerEvent>(Read(json));
        Assert.False(_reader.TryReadAudioDelta(Encoding.UTF8.GetBytes(json), out _));
    }

    [Fact]
    public void Read_DuplicateKeys_LastWins()
    {
        var e = Read("""{"type":"session.created","type":"input_audio_buffer.committed","item_id":"a","item_id":"b"}""");
        Assert.Equal("b", Assert.IsType<InputAudioBufferCommitted>(e).ItemId);
    }

    [Fact]
    public void Read_TwentyMebibyteEvent_IsRead()
    {
        var text = new string('a', 20 << 20);
        var e = Read($$$"""{"type":"conversation.item.retrieved","item":{"id":"i","type":"message","role":"user","content":[{"type":"input_audio","audio":"{{{text}}}"}]}}""");
        var message = Assert.IsType<MessageItem>(Assert.IsType<ConversationItemRetrieved>(e).Item);
        Assert.Equal(text.Length, message.Content![0].Audio.Value!.Length);
        Assert.Equal(1 << 20, Assert.IsType<UnknownServerEvent>(Read($$"""{"type":"{{text[..(1 << 20)]}}"}""")).Type.Length);
    }

    [Fact]
    public void Read_TypeLast_IsRead()
    {
        var e = Read("""{"session":{"type":"realtime","id":"s"},"event_id":"e","type":"session.updated"}""");
        Assert.Equal("s", Assert.IsType<SessionUpdated>(e).Session.Id);
    }

    private ServerEvent Read(string json) => _reader.Read(Encoding.UTF8.GetBytes(json));
}
