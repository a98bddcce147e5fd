using System.Text.Json;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class ClientEventFieldsTests
{
    [Fact]
    public void Check_Examples_FindsNoFault()
    {
        foreach (var (name, json) in ProtocolFiles.ClientEvents())
        {
            using var document = JsonDocument.Parse(json);
            Assert.True(ClientEventFields.Check(document.RootElement).Count == 0, name);
        }
    }

    [Theory]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","turn_detection":null}}""", "$.session.turn_detection")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"formats":{}}}}}""", "$.session.audio.input.formats")]
    [InlineData("""{"type":"session.update","session":{"audio":{}}}""", "$.session.type")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","function":{}}]}}""", "$.session.tools[0].function")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"text"}]}}""", "$.item.content[0].type")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"item_reference","id":"a"}}""", "$.item.type")]
    [InlineData("""{"type":"conversation.item.truncate","item_id":"a","audioEndMs":1}""", "$.audioEndMs")]
    [InlineData("""{"type":"response.create","response":{"modalities":["text"]}}""", "$.response.modalities")]
    [InlineData("""{"type":"ping"}""", "$.type")]
    [InlineData("[]", "$")]
    public void Check_FieldWeDoNotMean_NamesIt(string json, string path)
    {
        using var document = JsonDocument.Parse(json);
        Assert.StartsWith(path + ":", Assert.Single(ClientEventFields.Check(document.RootElement)), StringComparison.Ordinal);
    }
}
