using EdgeVoice.Verbs;

namespace EdgeVoice.IntegrationTests.Control;

public sealed class CtlVerbTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Press_RunningDevice_ExitsZeroAndIsSilent()
    {
        await using var device = await ControlFixture.StartAsync();

        Assert.Equal(0, await RunAsync("press", "--socket", device.Socket));
        Assert.Equal(["press"], device.Target.Calls);
        Assert.Equal(string.Empty, _output.ToString() + _error);
    }

    [Theory]
    [InlineData("What is the time?")]
    [InlineData("What", "is", "the", "time?")]
    public async Task Say_SomeWords_AreOneText(params string[] words)
    {
        await using var device = await ControlFixture.StartAsync();

        Assert.Equal(0, await RunAsync(["say", "--socket", device.Socket, .. words]));
        Assert.Equal(["say What is the time?"], device.Target.Calls);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task Say_NothingOrTooMuch_IsRefused(string? text)
    {
        await using var device = await ControlFixture.StartAsync();

        Assert.Equal(1, await RunAsync("say", text ?? new string('x', 4_097), "--socket", device.Socket));
        Assert.Equal("say: \"say\" needs a \"text\" of 1 to 4096 characters\n", _error.ToString());
        Assert.Empty(device.Target.Calls);
    }

    [Fact]
    public async Task Status_RunningDevice_PrintsATable()
    {
        await using var device = await ControlFixture.StartAsync();
        device.Target.Text = "evil \u001b[2J\ntext";

        Assert.Equal(0, await RunAsync("status", "--socket", device.Socket));
        Assert.Equal(
            """
            link          Ready
            conversation  Closed
            turn          Idle
            microphone    Open
            mode          push-to-talk
            reconnects    3
            status        evil  [2J text
              dropped-frames  40
              xruns           2

            """,
            _output.ToString());
    }

    [Fact]
    public async Task Status_WithJson_PrintsTheReply()
    {
        await using var device = await ControlFixture.StartAsync();

        Assert.Equal(0, await RunAsync("status", "--json", "--socket", device.Socket));
        Assert.StartsWith("{\"ok\":true,\"status\":{\"link\":\"Ready\",", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mute_RefusingDevice_ExitsOneWithOneLine()
    {
        await using var device = await ControlFixture.StartAsync();
        device.Target.Fails = true;

        Assert.Equal(1, await RunAsync("mute", "--socket", device.Socket));
        Assert.Equal($"mute: the device failed to do it; its log says why{Environment.NewLine}", _error.ToString());
    }

    [Fact]
    public async Task Tap_NoDevice_ExitsThreeWithOneLine()
    {
        await using var device = new ControlFixture();

        Assert.Equal(3, await RunAsync("tap", "--socket", device.Socket));
        Assert.StartsWith($"{device.Socket}: no device is listening; start it with", _error.ToString(), StringComparison.Ordinal);
        Assert.Single(_error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Parse_UnknownVerbOrNone_IsAUsageError()
    {
        Assert.NotEmpty(CtlVerb.Create(_output, _error).Parse(["explode"]).Errors);
        Assert.NotEmpty(CtlVerb.Create(_output, _error).Parse([]).Errors);
    }

    private Task<int> RunAsync(params string[] arguments) => CtlVerb.Create(_output, _error).Parse(arguments).InvokeAsync();
}
