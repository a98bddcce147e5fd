using System.Text;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class AudioDeltaTests
{
    private readonly ProtocolCounters _counters = new();
    private readonly ServerEventReader _reader;

    public AudioDeltaTests() => _reader = new ServerEventReader(_counters);

    [Theory]
    [InlineData("""{"type":"response.output_audio.delta","event_id":"e","response_id":"r1","item_id":"i1","output_index":3,"content_index":2,"delta":"AAEC"}""")]
    [InlineData("""{"delta":"AAEC","content_index":2,"output_index":3,"item_id":"i1","response_id":"r1","event_id":"e","type":"response.audio.delta"}""")]
    [InlineData(""" { "new" : { "a" : [ 1 , { } ] } , "delta" : "AAEC" , "type" : "response.output_audio.delta" , "item_id":"i1","response_id":"r1","output_index":3,"content_index":2 } """)]
    [InlineData("""{"type":"response.output\u005faudio.delta","response_id":"r1","item_id":"i1","output_index":3,"content_index":2,"delta":"AAEC","obfuscation":"xyz"}""")]
    public void TryRead_DeltaInAnyOrder_GivesItsFields(string json)
    {
        Assert.True(_reader.TryReadAudioDelta(Encoding.UTF8.GetBytes(json), out var delta));
        Assert.Equal("r1", Encoding.UTF8.GetString(delta.ResponseId));
        Assert.Equal("i1", Encoding.UTF8.GetString(delta.ItemId));
        Assert.Equal("AAEC", Encoding.UTF8.GetString(delta.Base64));
        Assert.Equal((3, 2, false), (delta.OutputIndex, delta.ContentIndex, delta.Base64Escaped));
        Assert.Equal(1, _counters.AudioDeltas);
    }

    [Theory]
    [InlineData("""{"type":"response.output_audio.done","delta":"AAEC"}""")]
    [InlineData("""{"type":"response.output_text.delta","delta":"AAEC"}""")]
    [InlineData("""{"item":{"type":"response.output_audio.delta","delta":"AAEC"},"type":"conversation.item.added"}""")]
    [InlineData("""{"delta":"AAEC"}""")]
    [InlineData("""{"type":"response.output_audio.delta"}""")]
    [InlineData("""{"type":"response.output_audio.delta\ud83d","delta":"AAEC"}""")]
    [InlineData("""{"type":"resp\ud83donse.output_audio.delta","delta":"AAEC"}""")]
    [InlineData("""{"type":"response.output_audio.delta","delta":null}""")]
    [InlineData("""{"type":"response.output_audio.delta","delta":7}""")]
    [InlineData("""{"type":"response.output_audio.delta","delta":"AAEC","content_index":"0"}""")]
    [InlineData("""{"type":"response.output_audio.delta","delta":"AAEC","item_id":{}}""")]
    [InlineData("""{"type":"response.output_audio.delta","delta":"AAEC""")]
    [InlineData("""{"type":"response.output_audio.delta","delta":"AAEC"}}""")]
    [InlineData("""[{"type":"response.output_audio.delta","delta":"AAEC"}]""")]
    [InlineData("")]
    public void TryRead_AnythingElse_IsFalse(string json)
    {
        Assert.False(_reader.TryReadAudioDelta(Encoding.UTF8.GetBytes(json), out var delta));
        Assert.True(delta.Base64.IsEmpty);
        Assert.Equal(0, _counters.AudioDeltas);
    }

    [Fact]
    public void TryRead_EscapedId_IsLeftToTheSlowPath()
    {
        var json = """{"type":"response.output_audio.delta","item_id":"i\u0031","delta":"AAEC"}"""u8;
        Assert.False(_reader.TryReadAudioDelta(json, out _));
        var e = Assert.IsType<ResponseOutputAudioDelta>(_reader.Read(json));
        Assert.Equal(("i1", "AAEC"), (e.ItemId, e.Delta));
    }

    [Theory]
    [InlineData("""AA\u002BB\/CC\u003d""", "AA+B/CC=")]
    [InlineData("""\u002b""", "+")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("""\"\\\n\t\r\b\f""", "\"\\\n\t\r\b\f")]
    [InlineData("""a\u20ACb""", "a?b")]
    public void Unescape_JsonEscapes_AreRemoved(string escaped, string expected)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"type":"response.output_audio.delta","delta":"{{escaped}}"}""");
        Assert.True(_reader.TryReadAudioDelta(json, out var delta));
        Assert.Equal(escaped.Contains('\\'), delta.Base64Escaped);
        var output = new byte[escaped.Length];
        var length = AudioDelta.Unescape(delta.Base64, output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output, 0, length));
    }

    [Fact]
    public void Unescape_InPlace_IsAllowed()
    {
        var text = Encoding.UTF8.GetBytes("""ab\/cd\u002Bef\/\/gh""");
        var length = AudioDelta.Unescape(text, text);
        Assert.Equal("ab/cd+ef//gh", Encoding.UTF8.GetString(text, 0, length));
    }

    [Theory]
    [InlineData("""\""")]
    [InlineData("""\x""")]
    [InlineData("""\u00""")]
    [InlineData("""\u00G0""")]
    [InlineData("abcdef")]
    [InlineData("""abcde\/""")]
    public void Unescape_BrokenOrTooLong_IsMinusOne(string escaped) =>
        Assert.Equal(-1, AudioDelta.Unescape(Encoding.UTF8.GetBytes(escaped), new byte[5]));

    [Fact]
    public void TryRead_TenThousandDeltas_AllocatesNothing()
    {
        var head = """{"type":"response.output_audio.delta","event_id":"event_1","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":" """.TrimEnd();
        var plain = Encoding.UTF8.GetBytes(head + new string('A', 4096) + "\"}");
        var escaped = Encoding.UTF8.GetBytes(head + "AA\\u002B\\/" + new string('A', 4092) + "\"}");
        var other = """{"type":"response.output_audio_transcript.delta","delta":"hi"}"""u8.ToArray();
        var buffer = new byte[8192];
        int read = Read(100);
        var before = ThreadAllocations.Mark();
        read += Read(10_000);
        var allocated = ThreadAllocations.Since(before);
        Assert.Equal(0, allocated);
        Assert.Equal(20_200, read);

        int Read(int times)
        {
            var count = 0;
            for (var i = 0; i < times; i++)
            {
                if (_reader.TryReadAudioDelta(plain, out var delta) && delta.Base64.Length == 4096)
                    count++;
                if (_reader.TryReadAudioDelta(escaped, out delta) && AudioDelta.Unescape(delta.Base64, buffer) == 4096)
                    count++;
                if (_reader.TryReadAudioDelta(other, out _))
                    count = int.MinValue;
            }

            return count;
        }
    }
}
