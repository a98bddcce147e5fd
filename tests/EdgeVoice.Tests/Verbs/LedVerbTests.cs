using EdgeVoice.Core.Led;

namespace EdgeVoice.Tests.Verbs;

public sealed class LedVerbTests : IDisposable
{
    private readonly string _config = Path.GetTempFileName();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        File.Delete(_config);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Test_InATerminal_NamesEveryLook()
    {
        Assert.Equal(0, await TestAsync("""{ "device": "terminal" }"""));
        Assert.All(LookTour.All, sample => Assert.Contains(sample.Words, _output.ToString(), StringComparison.Ordinal));
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("""{ "device": "/dev/no-such-bus" }""", "/dev/no-such-bus")]
    [InlineData("""{ "type": "rgb", "lines": { "chip": "no-such-chip" } }""", "no-such-chip")]
    [InlineData("""{ "device": "none" }""", "led.device is \"none\"")]
    public async Task Test_WithoutLights_SaysSoInOneLineAndReturns3(string led, string said)
    {
        Assert.Equal(3, await TestAsync(led));
        var line = Assert.Single(_error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("edgevoice led test: ", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithAnInvalidConfiguration_Returns2()
    {
        Assert.Equal(2, await TestAsync("""{ "color": "blue" }"""));
        Assert.Contains("$.defaults.led.color", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("3601")]
    public async Task Test_ForNoTime_Returns2(string seconds) => Assert.Equal(2, await InvokeAsync("led", "test", "--seconds", seconds));

    [Fact]
    public async Task Pictures_IntoANewFolder_AreThere()
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            Assert.Equal(0, await InvokeAsync("led", "pictures", "--output", folder));
            Assert.Equal(LookTour.All.Count, Directory.GetFiles(folder, "*.svg").Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<int> TestAsync(string led)
    {
        await File.WriteAllTextAsync(_config, $$"""{ "version": 1, "defaults": { "realtime": { "url": "ws://127.0.0.1:9/" }, "led": {{led}} } }""");
        return await InvokeAsync("led", "test", "--config", _config, "--seconds", "0.005");
    }

    private Task<int> InvokeAsync(params string[] args) => Program.InvokeAsync(args, Program.Compose(_output, _error), _output, _error);
}
