using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class ServerEventRoundTripTests
{
    private readonly ProtocolCounters _counters = new();

    [Fact]
    public void Examples_ReadAndWritten_AreEqual()
    {
        var reader = new ServerEventReader(_counters);
        foreach (var (name, json) in ProtocolFiles.ServerEvents())
        {
            var e = reader.Read(Encoding.UTF8.GetBytes(json));
            using var document = JsonDocument.Parse(json);
            Assert.True(document.RootElement.GetProperty("type").GetString() == e.Type, $"{name} became {e}");
            JsonAssert.Equal(json, Write(e), name);
        }

        Assert.Equal(0, _counters.UnknownEvents);
        Assert.Equal(0, _counters.UnknownEnumValues);
        Assert.Equal(0, _counters.Malformed);
    }

    [Fact]
    public void Examples_CoverEveryEvent_WithATypeOfItsOwn()
    {
        var reader = new ServerEventReader(_counters);
        var types = ProtocolFiles.ServerEvents().Select(e => reader.Read(Encoding.UTF8.GetBytes(e.Json)).GetType()).ToHashSet();
        var all = ServerEventTypes.ByName.Values.ToHashSet();
        Assert.Equal(46, all.Count);
        Assert.Equal([], all.Except(types).Select(t => t.Name));
    }

    [Fact]
    public void Examples_OfOurOwn_HaveNoUnknownField()
    {
        var reader = new ServerEventReader(_counters);
        foreach (var (name, json) in ProtocolFiles.ServerEvents().Where(e => e.Name.StartsWith("own", StringComparison.Ordinal)))
        {
            Assert.IsNotType<MalformedServerEvent>(reader.Read(Encoding.UTF8.GetBytes(json)));
            Assert.True(_counters.UnknownFields == 0, name);
        }
    }

    [Theory]
    [InlineData("""{"id":"i1","type":"function_call_output","call_id":"c","output":"{}"}""")]
    [InlineData("""{"id":"i1","type":"mcp_list_tools","server_label":"s","tools":[{"name":"t","input_schema":{"type":"object"},"description":null,"annotations":null}]}""")]
    [InlineData("""{"id":"i1","type":"mcp_call","server_label":"s","name":"t","arguments":"{}","approval_request_id":null,"output":"x","error":null}""")]
    [InlineData("""{"id":"i1","type":"mcp_call","server_label":"s","name":"t","arguments":"{}","error":{"type":"http_error","code":502,"message":"bad gateway"}}""")]
    [InlineData("""{"id":"i1","type":"mcp_approval_request","server_label":"s","name":"t","arguments":"{}"}""")]
    [InlineData("""{"id":"i1","type":"mcp_approval_response","approval_request_id":"a","approve":true,"reason":null}""")]
    [InlineData("""{"id":"i1","type":"message","role":"system","content":[{"type":"input_text","text":"be brief"}]}""")]
    [InlineData("""{"id":"i1","type":"message","role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,AA==","detail":"low"}]}""")]
    [InlineData("""{"id":"i1","type":"something_new","mystery":{"a":[1,2]}}""")]
    public void Item_ReadAndWritten_IsEqual(string item)
    {
        var json = $$"""{"type":"conversation.item.done","event_id":"e","previous_item_id":null,"item":{{item}}}""";
        var e = new ServerEventReader(_counters).Read(Encoding.UTF8.GetBytes(json));
        JsonAssert.Equal(json, Write(e), item);
    }

    [Theory]
    [InlineData("""{"tracing":"auto","truncation":"disabled","tool_choice":"none","max_output_tokens":512}""")]
    [InlineData("""{"tracing":{"workflow_name":"w","group_id":"g","metadata":{"a":1}}}""")]
    [InlineData("""{"truncation":{"type":"retention_ratio","retention_ratio":0.5,"token_limits":{"post_instructions":900}}}""")]
    [InlineData("""{"tool_choice":{"type":"function","name":"f"}}""")]
    [InlineData("""{"tool_choice":{"type":"mcp","server_label":"s","name":null}}""")]
    [InlineData("""{"prompt":{"id":"p","version":null,"variables":{"a":"b","c":{"type":"input_text","text":"t"}}}}""")]
    [InlineData("""{"reasoning":{"effort":"xhigh"},"parallel_tool_calls":true,"include":["item.input_audio_transcription.logprobs"]}""")]
    [InlineData("""{"audio":{"input":{"format":{"type":"audio/pcma"},"turn_detection":{"type":"semantic_vad","eagerness":"high"}}}}""")]
    [InlineData("""{"audio":{"output":{"voice":{"id":"voice_1"},"speed":1.25,"format":{"type":"audio/pcmu"}}}}""")]
    [InlineData("""{"audio":{"input":{"transcription":{"model":"whisper-1","language":null,"prompt":null}}}}""")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"type":"telepathy","depth":3}}}}""")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://x","headers":{"a":"b"},"allowed_tools":["t"],"require_approval":{"never":{"read_only":true}},"defer_loading":false}]}""")]
    [InlineData("""{"tools":[{"type":"oracle","wisdom":9}],"truncation":{"type":"guillotine"},"tool_choice":{"type":"dice"}}""")]
    public void Session_ReadAndWritten_IsEqual(string fields)
    {
        var json = $$"""{"type":"session.updated","event_id":"e","session":{"type":"realtime","id":"s",{{fields[1..]}}}""";
        var e = new ServerEventReader(_counters).Read(Encoding.UTF8.GetBytes(json));
        JsonAssert.Equal(json, Write(e), fields);
    }

    internal static string Write(ServerEvent e)
    {
        var output = new ArrayBufferWriter<byte>();
        ServerEventWriter.Write(output, e);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
