using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class ClientEventWriterTests
{
    public static TheoryData<string, ClientEvent> OwnExamples() => new()
    {
        { """{"type":"session.update","event_id":"c2","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}""",
            new SessionUpdate(new Session { Audio = new SessionAudio(new AudioInput { TurnDetection = null }) }) { EventId = "c2" } },
        { """{"type":"session.update","event_id":"c3","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcmu"},"turn_detection":{"type":"semantic_vad","eagerness":"low","create_response":true,"interrupt_response":true}},"output":{"format":{"type":"audio/pcmu"}}}}}""",
            new SessionUpdate(new Session
            {
                Audio = new SessionAudio(
                    new AudioInput(AudioFormat.Pcmu, TurnDetection: new SemanticVad(Eagerness.Low, true, true)),
                    new AudioOutput(AudioFormat.Pcmu)),
            }) { EventId = "c3" } },
        { """{"type":"input_audio_buffer.append","audio":"AAAAAAAAAAA="}""", new InputAudioBufferAppend(new byte[8]) },
        { """{"type":"input_audio_buffer.append","audio":"+/v/"}""", new InputAudioBufferAppend(new byte[] { 0xFB, 0xFB, 0xFF }) },
        { """{"type":"input_audio_buffer.commit","event_id":"c4"}""", new InputAudioBufferCommit { EventId = "c4" } },
        { """{"type":"conversation.item.create","event_id":"c8","item":{"type":"function_call_output","call_id":"call_9","output":"{\"ok\":true}"}}""",
            new ConversationItemCreate(new FunctionCallOutputItem("call_9", """{"ok":true}""")) { EventId = "c8" } },
        { """{"type":"conversation.item.truncate","event_id":"c10","item_id":"item_b","content_index":0,"audio_end_ms":1480}""",
            new ConversationItemTruncate("item_b", 0, 1480) { EventId = "c10" } },
        { """{"type":"response.create","event_id":"c12"}""", new ResponseCreate { EventId = "c12" } },
        { """{"type":"response.create","event_id":"c13","response":{"conversation":"none","output_modalities":["text"],"instructions":"One line summary.","tools":[],"metadata":{"purpose":"summary"},"input":[{"type":"item_reference","id":"item_b"}]}}""",
            new ResponseCreate(new ResponseParameters
            {
                Conversation = "none",
                OutputModalities = [OutputModality.Text],
                Instructions = "One line summary.",
                Tools = [],
                Metadata = new Dictionary<string, string> { ["purpose"] = "summary" },
                Input = [new ItemReference { Id = "item_b" }],
            }) { EventId = "c13" } },
        { """{"type":"response.cancel"}""", new ResponseCancel() },
    };

    [Theory]
    [MemberData(nameof(OwnExamples))]
    public void Write_Example_IsExact(string expected, ClientEvent e) => JsonAssert.Equal(expected, Write(e), e.Type);

    [Fact]
    public void Write_AnyEvent_BeginsWithItsType()
    {
        foreach (var e in ClientEventSamples.All)
            Assert.StartsWith($"{{\"type\":\"{e.Type}\"", Write(e), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EverySample_HasOnlyFieldsWeMean()
    {
        var types = new HashSet<string>();
        foreach (var e in ClientEventSamples.All)
        {
            using var document = JsonDocument.Parse(Write(e));
            Assert.Equal([], ClientEventFields.Check(document.RootElement));
            types.Add(e.Type);
        }

        Assert.Equal(ClientEventFields.EventTypes.Order(), types.Order());
    }

    [Fact]
    public void Write_HalfASurrogate_IsStillUtf8()
    {
        var json = Write(new ConversationItemCreate(new FunctionCallOutputItem("c", "a\uD800b")));
        using var document = JsonDocument.Parse(json);
        Assert.Equal("a\uFFFDb", document.RootElement.GetProperty("item").GetProperty("output").GetString());
    }

    [Fact]
    public void Write_OtherLanguages_StayReadable() =>
        Assert.Contains("Größe 寸法", Write(new ConversationItemCreate(new FunctionCallOutputItem("c", "Größe 寸法"))), StringComparison.Ordinal);

    [Fact]
    public void McpTool_ToString_HidesSecrets() =>
        Assert.DoesNotContain("secret", new McpTool("s", Authorization: "secret").ToString(), StringComparison.Ordinal);

    internal static string Write(ClientEvent e)
    {
        var output = new ArrayBufferWriter<byte>();
        ClientEventWriter.Write(output, e);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
