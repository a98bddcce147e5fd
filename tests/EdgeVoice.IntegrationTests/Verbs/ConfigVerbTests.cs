using System.Text.Json;
using EdgeVoice.IntegrationTests.Device;

namespace EdgeVoice.IntegrationTests.Verbs;

/// <summary>The verbs of <c>config</c> on real files, within this process.</summary>
public sealed class ConfigVerbTests : IDisposable
{
    private const string Fleet = """
        { "version": 1, "defaults": { "realtime": { "url": "ws://localhost:1/" } },
          "groups": { "loud": { "audio": { "playback": { "volume": 90 } } } },
          "devices": { "pi-1": { "group": "loud" }, "pi-*": { "led": { "device": "none" } } } }
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_GoodFile_CountsItsDevices()
    {
        var path = Write(Fleet);

        Assert.Equal((0, $"{path}: ok, 2 devices\n", ""), await RunAsync("config", "check", path));
        Assert.Equal((0, $"{path}: ok, device pi-7 by \"pi-*\"\n", ""), await RunAsync("config", "check", path, "--device", "pi-7"));
        Assert.Equal((0, $"{path}: ok, device x is not named, it gets the defaults\n", ""), await RunAsync("config", "check", path, "--device", "x"));
    }

    [Fact]
    public async Task Check_ErrorOfOneDevice_NamesItAndIsNotTheOthers()
    {
        var path = Write(Fleet.Replace("\"device\": \"none\"", "\"type\": \"rgb\", \"color\": \"#ff0000\"", StringComparison.Ordinal));

        var (code, output, error) = await RunAsync("config", "check", path);

        Assert.Equal((2, ""), (code, output));
        Assert.Matches(@"^\S+:3:\d+: \$\.devices\[""pi-\*""\]\.led\.color: found ""#ff0000""; .* \(device pi-\*\)\n$", error);
        Assert.Equal(0, (await RunAsync("config", "check", path, "--device", "pi-1")).Code);
        Assert.Equal(2, (await RunAsync("config", "check", path, "--device", "pi-2")).Code);
    }

    [Fact]
    public async Task Check_ErrorOfAllDevices_IsToldOnce()
    {
        var path = Write("""{ "version": 1, "defaults": {}, "devices": { "a": {}, "b": {}, "c": {} } }""");

        var (code, _, error) = await RunAsync("config", "check", path);

        Assert.Equal(2, code);
        Assert.Matches(@"^\S+:1:\d+: \$\.defaults\.realtime\.credential: found nothing; .* \(device a\)\n$", error);
    }

    [Theory]
    [InlineData("config", "check")]
    [InlineData("config", "check", "")]
    [InlineData("config", "check", "c.json", "--device", "")]
    [InlineData("config")]
    public async Task Config_WrongUsage_IsTwo(params string[] args) => Assert.Equal(2, (await RunAsync(args)).Code);

    [Fact]
    public async Task Show_Device_HasEveryValueWithItsOrigin()
    {
        var path = Write(Fleet);

        var (code, output, error) = await RunAsync("config", "show", "--config", path, "--device", "pi-1");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("device pi-1, by \"pi-1\"\n", output, StringComparison.Ordinal);
        Assert.Matches($@"\naudio\.playback\.volume +90 +{path}:2:60 \(group loud\)\n", output);
        Assert.Matches(@"\nled\.device +""/dev/spidev0\.0"" +shipped\n", output);
    }

    [Fact]
    public async Task Show_Json_IsOneObject()
    {
        var (code, output, _) = await RunAsync("config", "show", "--config", Write(Fleet), "--device", "pi-2", "--json");
        using var json = JsonDocument.Parse(output);
        var led = json.RootElement.GetProperty("values").EnumerateArray().Single(value => value.GetProperty("path").GetString() == "led.device");

        Assert.Equal(0, code);
        Assert.Equal("pi-*", json.RootElement.GetProperty("entry").GetString());
        Assert.Equal("none", led.GetProperty("value").GetString());
        Assert.EndsWith("(device pi-*)", led.GetProperty("origin").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_BadFile_IsTwoWithEveryError()
    {
        var (code, output, error) = await RunAsync("config", "show", "--config", Write("""{ "version": 2, "x": 1 }"""));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("$.version: found the number 2; allowed: 1\n", error, StringComparison.Ordinal);
        Assert.Contains("$.x: unknown key", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Always_IsJson()
    {
        var (code, output, _) = await RunAsync("config", "schema");
        using var json = JsonDocument.Parse(output);

        Assert.Equal(0, code);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", json.RootElement.GetProperty("$schema").GetString());
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder["c.json"], text);
        return _folder["c.json"];
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Program.InvokeAsync(args, Program.Compose(output, error), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
