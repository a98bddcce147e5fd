using System.Text.Json;
using EdgeVoice.Core.Configuration;

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
    public void Reveal_AnySecret_IsTheText() => Assert.Equal("the-key", Key.Reveal());

    [Theory]
    [InlineData("openai-api-key")]
    [InlineData("/etc/edgevoice/sk-key")]
    [InlineData("EDGEVOICE_API_KEY")]
    [InlineData("risk-management-department")]
    [InlineData("plughw:CARD=seeed2micvoicec,DEV=0")]
    public void IsKeyNotName_OrdinaryName_IsNot(string name) => Assert.False(SecretShape.IsKeyNotName(name));
}
