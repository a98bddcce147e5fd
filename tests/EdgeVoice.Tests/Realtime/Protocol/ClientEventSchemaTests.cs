using System.Text;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class ClientEventSchemaTests
{
    [SchemaFact]
    public void Schema_EveryClientSample_IsValid()
    {
        var (exitCode, output) = SchemaValidator.Validate("RealtimeClientEvent", ClientEventSamples.All.Select(ClientEventWriterTests.Write));
        Assert.True(exitCode == 0, output);
    }

    [SchemaFact]
    public void Schema_EveryServerExampleReadAndWritten_IsValid()
    {
        var reader = new ServerEventReader(new ProtocolCounters());
        var events = ProtocolFiles.ServerEvents()
            .Select(e => ServerEventRoundTripTests.Write(reader.Read(Encoding.UTF8.GetBytes(e.Json))));
        var (exitCode, output) = SchemaValidator.Validate("RealtimeServerEvent", events);
        Assert.True(exitCode == 0, output);
    }

    [SchemaFact]
    public void Schema_WrongEvents_AreNamedByLine()
    {
        var (exitCode, output) = SchemaValidator.Validate("RealtimeClientEvent",
        [
            """{"type":"conversation.item.truncate","item_id":"a","content_index":0,"audio_end_ms":1.5}""",
            """{"type":"input_audio_buffer.commit"}""",
            """{"type":"session.update","session":{}}""",
            "not JSON",
        ]);
        Assert.Equal(1, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["line 1:", "line 3:", "line 4:"], lines.Select(l => l[..7]));
        Assert.Contains("audio_end_ms", lines[0], StringComparison.Ordinal);
    }
}
