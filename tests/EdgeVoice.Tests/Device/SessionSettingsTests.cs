using System.Text.Json.Nodes;
using EdgeVoice.Simulator.Server;
using EdgeVoice.Tests.Realtime.Protocol;

namespace EdgeVoice.Tests.Device;

public sealed class SessionSettingsTests
{
    [Fact]
    public void From_EveryConfiguration_IsExactlyTheSessionAskedFor()
    {
        foreach (var (update, expected) in SessionSamples.All())
            JsonAssert.Equal(expected, ClientEventWriterTests.Write(update), expected);
    }

    [Fact]
    public void From_EveryConfiguration_HasNoMisspeltFieldAndIsTakenByTheStandInServer()
    {
        foreach (var (update, expected) in SessionSamples.All())
        {
            var json = ClientEventWriterTests.Write(update);
            var wire = JsonNode.Parse(json)!.AsObject();
            Assert.True(ClientShapes.Check(wire) is not { } shape, $"{ClientShapes.Check(wire)}: {expected}");
            var model = json.Contains("\"reasoning\"", StringComparison.Ordinal) ? "gpt-realtime-2" : "gpt-realtime";
            var refused = new SessionConfig("s", model, 0).Update(wire["session"]!.AsObject(), hasAssistantAudio: false);
            Assert.True(refused is null, $"{refused}: {expected}");
        }
    }

    [SchemaFact]
    public void Schema_EveryConfiguration_IsValid()
    {
        var (exitCode, output) = SchemaValidator.Validate("RealtimeClientEvent", SessionSamples.All().Select(s => ClientEventWriterTests.Write(s.Update)));
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void From_Token_IsSentAndNotShown()
    {
        var update = SessionSamples.Update(false, """ "tools": [{ "type": "mcp", "serverLabel": "s", "serverUrl": "https://h/", "authorization": { "environment": "T" } }] """);
        Assert.Contains("token-of-T", ClientEventWriterTests.Write(update), StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-T", update.Session.Tools![0].ToString(), StringComparison.Ordinal);
    }
}
