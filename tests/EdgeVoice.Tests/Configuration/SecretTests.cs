using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Tests.Configuration;

public sealed class SecretTests
{
    private static readonly Secret Key = new("the-key");

    [Fact]
    public void ToString_AnySecret_IsHidden() => Assert.Equal("***", $"{Key}");

    [Fact]
    public void Json_AnySecret_IsHidden() => Assert.Equal("""{"Key":"***"}""", JsonSerializer.Serialize(new { Key }));

    [Fact]
    public void Json_Read_IsRefused() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Secret>("\"the-key\""));

    [Fact]
    public void Json_WithFieldsAndInACollection_IsHidden()
    {
        var all = new JsonSerializerOptions { IncludeFields = true, WriteIndented = false };
        Assert.Equal("""["***"]""", JsonSerializer.Serialize(new object[] { Key }, all));
        Assert.Equal("""{"Secret":"***","Error":null}""", JsonSerializer.Serialize(new CredentialResult(Key, null), all));
    }

    [Fact]
    public void Record_ThatHoldsOne_PrintsItHidden() =>
        Assert.Equal("CredentialResult { Secret = ***, Error =  }", new CredentialResult(Key, null).ToString());

    [Theory]
    [InlineData("{key}")]
    [InlineData("{@key}")]
    public void Log_WithOneAsAnArgument_HidesIt(string message)
    {
        var log = new LogLines<SecretTests>();
#pragma warning disable CA1848, CA2254 // What somebody might write in haste.
        log.LogWarning(new InvalidOperationException($"with {Key}"), message, Key);
#pragma warning restore CA1848, CA2254
        Assert.Equal(["***"], log.All);
    }

    [Fact]
    public void Debugger_AnySecret_ShowsItHidden()
    {
        Assert.Equal("***", typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        Assert.Empty(typeof(Secret).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
        Assert.All(
            typeof(Secret).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
            field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    [Fact]
    public void Equality_OfTwoSecrets_TellsNothingOfTheirText() => Assert.NotEqual(Key, new Secret("the-key"));

    [Fact]
    public void Reveal_AnySecret_IsTheText() => Assert.Equal("the-key", Key.Reveal());

    [Theory]
    [InlineData("openai-api-key")]
    [InlineData("/etc/edgevoice/sk-key")]
    [InlineData("EDGEVOICE_API_KEY")]
    [InlineData("risk-management-department")]
    [InlineData("plughw:CARD=seeed2micvoicec,DEV=0")]
    public void IsKeyNotName_OrdinaryName_IsNot(string name) => Assert.False(SecretShape.IsKeyNotName(name));

    // Where nobody would look for one: as the name of a device, of a group, or behind a slash.
    [Fact]
    public void Check_KeyAsAName_IsShownNowhere()
    {
        const string Pasted = "sk-proj-abcdefghijklmnop123456";
        using var folder = new TemporaryFolder();
        var path = folder.Write("edgevoice.json", $$"""
            { "version": 1, "groups": { "{{Pasted}}": {} }, "devices": { "{{Pasted}}": { "group": "a/{{Pasted}}" }, "x": { "{{Pasted}}": 1 } } }
            """);
        var check = ConfigurationCheck.Of(path, hasIotPackages: false);
        Assert.NotEmpty(check.Errors);
        Assert.DoesNotContain(check.Errors, line => line.Contains("abcdefghijklmnop", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "version": 1, // sk-proj-abcdefghijklmnop123456""")]
    [InlineData("""{ "version": 1, "groups": { "sk-proj-abcdefghijklmnop123456": {} }, """)]
    [InlineData("""{ "version": 1, "$schema": "./sk-proj-abcdefghijklmnop123456", """)]
    public void Parse_KeyInACommentOrAName_IsRefusedWithItsPlace(string beginning)
    {
        var text = beginning + "\n \"defaults\": { \"realtime\": { \"url\": \"ws://127.0.0.1:1/v1/realtime\" } } }";
        var result = ConfigurationReader.Parse(
            "edgevoice.json", System.Text.Encoding.UTF8.GetBytes(text), new ConfigurationRequest("x", false, new Dictionary<string, string>()));
        Assert.Null(result.Options);
        Assert.StartsWith("edgevoice.json:1:", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefghijklmnop", result.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TextWhereACredentialBelongs_IsNotRepeated()
    {
        var text = """{ "version": 1, "defaults": { "realtime": { "credential": "hunter2-plain" } } }"""u8.ToArray();
        var result = ConfigurationReader.Parse("edgevoice.json", text, new ConfigurationRequest("x", false, new Dictionary<string, string>()));
        Assert.DoesNotContain(result.Errors, line => line.Contains("hunter2", StringComparison.Ordinal));
    }
}
