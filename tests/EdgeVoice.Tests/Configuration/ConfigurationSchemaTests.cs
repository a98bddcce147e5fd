using System.Text.Json;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Tests.Architecture;

namespace EdgeVoice.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonElement Schema = JsonDocument.Parse(ConfigurationSchema.ToJson()).RootElement;

    [Fact]
    public void Schema_Committed_IsCurrent() =>
        Assert.True(Text("systemd/edgevoice.schema.json") == ConfigurationSchema.ToJson(), "edgevoice config schema > systemd/edgevoice.schema.json");

    [Fact]
    public void Example_Committed_IsValidForEveryDevice()
    {
        var path = Path.Combine(Repository.Top, "systemd", "edgevoice.example.json");

        Assert.Contains("//", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Empty(ConfigurationCheck.Of(path, hasIotPackages: false).Errors);
        Assert.Empty(Problems(Text("systemd/edgevoice.example.json")));
    }

    [Fact]
    public void Schema_OfEveryKey_HasNoProblem() => Assert.Empty(Problems(ConfigurationSamples.EveryKey));

    [Theory]
    [InlineData("""{"defaults":{}}""", "$: version is missing")]
    [InlineData("""{"version":2}""", "$.version: const")]
    [InlineData("""{"version":1,"x":1}""", "$.x: unknown")]
    [InlineData("""{"version":1,"defaults":{"led":{"pixel":1}}}""", "$.defaults.led.pixel: unknown")]
    [InlineData("""{"version":1,"groups":{"g":{"led":{"pixels":65}}}}""", "$.groups.g.led.pixels: maximum")]
    [InlineData("""{"version":1,"devices":{"d":{"group":"g","led":{"pixels":"1"}}}}""", "$.devices.d.led.pixels: type")]
    [InlineData("""{"version":1,"defaults":{"conversation":{"mode":"x"}}}""", "$.defaults.conversation.mode: enum")]
    [InlineData("""{"version":1,"defaults":{"realtime":{"voice":7}}}""", "$.defaults.realtime.voice: anyOf")]
    [InlineData("""{"version":1,"defaults":{"realtime":{"tools":[{"nam":1}]}}}""", "$.defaults.realtime.tools[0].nam: unknown")]
    [InlineData("""{"version":1,"defaults":{"group":"g"}}""", "$.defaults.group: unknown")]
    public void Schema_OfAWrongFile_SaysWhere(string json, string expected) => Assert.Equal([expected], Problems(json));

    [Theory]
    [InlineData("""{"version":1,"defaults":{"led":null,"audio":{"playback":{"volume":null}},"realtime":{"voice":null,"prompt":null}}}""")]
    [InlineData("""{"version":1,"defaults":{"audio":{"capture":{"gainDb":"auto"}},"realtime":{"maxOutputTokens":"inf","truncation":"auto"}}}""")]
    [InlineData("""{"version":1,"devices":{"d":{"group":null,"button":{"line":"GPIO4"}},"e":{"button":{"line":4}}}}""")]
    public void Schema_OfNullAndShortForms_HasNoProblem(string json) => Assert.Empty(Problems(json));

    private static string Text(string path) => Repository.Files.Single(file => file.Path == path).Text;

    private static List<string> Problems(string json)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        return [.. SchemaChecker.Problems(Schema, Schema, document.RootElement, "$")];
    }
}
