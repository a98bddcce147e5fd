using System.CommandLine;
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
    public async Task Status_OfAConfiguration_SaysWhatIsInForceAndWhatIsNot()
    {
        await using var device = await ControlFixture.StartAsync();
        device.Target.Configuration = new("/etc/edgevoice/edgevoice.json", "0123456789abcdef", 7_300, ["line 3: no"], ["led.pixels (reopen)"]);

        Assert.Equal(0, await RunAsync("status", "--socket", device.Socket));
        Assert.Contains(
            """
            configuration /etc/edgevoice/edgevoice.json (0123456789ab), in force for 2 h
              not taken   line 3: no
              pending     led.pixels (reopen)

            """,
            _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100", 0)]
    [InlineData("101", null)]
    [InlineData("-1", null)]
    [InlineData("4.5", null)]
    [InlineData("loud", null)]
    public async Task Volume_OutOfRange_IsAUsageError(string percent, int? code)
    {
        await using var device = await ControlFixture.StartAsync();
        var parsed = CtlVerb.Create(_output, _error).Parse(["volume", percent, "--socket", device.Socket]);
        Assert.Equal(code is null, parsed.Errors.Count > 0);
        if (code is null) return;
        Assert.Equal(code, await parsed.InvokeAsync());
        Assert.Equal([$"volume {percent}"], device.Target.Calls);
    }

    [Fact]
    public async Task Reload_TellsWhatCameOfIt()
    {
        await using var device = await ControlFixture.StartAsync();
        Assert.Equal(0, await RunAsync("reload", "--socket", device.Socket));
        Assert.Equal("nothing has changed\n", _output.ToString());
        device.Target.Reload = Task.FromResult(new EdgeVoice.Core.Control.ControlReload(false, "line 3: no"));
        Assert.Equal(1, await RunAsync("reload", "--socket", device.Socket));
        Assert.Equal("reload: line 3: no\n", _error.ToString());
    }

    [Fact]
    public async Task Tap_SocketNamedByTheConfiguration_IsFound()
    {
        await using var device = await ControlFixture.StartAsync();
        var config = device.In("edgevoice.json");
        await File.WriteAllTextAsync(config, $$"""
            { "version": 1, "defaults": { "realtime": { "url": "ws://127.0.0.1:1/v1/realtime" }, "control": { "socket": "{{device.Socket}}" } } }
            """);
        Assert.Equal(0, await RunAsync("tap", "--config", config));
        Assert.Equal(["tap"], device.Target.Calls);
    }

    [Theory]
    [InlineData(true, "{\"event\":\"told\",\"text\":\"dinner\"}")]
    [InlineData(false, "told    dinner")]
    public async Task Watch_CtrlC_EndsWithZero(bool json, string line)
    {
        await using var device = await ControlFixture.StartAsync();
        using var stop = new CancellationTokenSource();
        string[] arguments = ["watch", "--socket", device.Socket, .. json ? ["--json"] : Array.Empty<string>()];
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var watching = CtlVerb.Create(_output, _error).Parse(arguments).InvokeAsync(invocation, stop.Token);
        while (!device.Target.Feed.IsWatched) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        device.Target.Feed.Publish(new EdgeVoice.Core.Control.ControlEvent { Event = "told", Text = "dinner" });
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await stop.CancelAsync();

        Assert.Equal(0, await watching.WaitAsync(ControlFixture.Patience));
        var lines = _output.ToString().Split('\n');
        Assert.StartsWith(json ? "{\"ok\":true,\"status\":{" : "state   Ready", lines[0], StringComparison.Ordinal);
        Assert.Contains(line, lines);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Watch_DeviceGoesAway_EndsWithThree()
    {
        await using var device = await ControlFixture.StartAsync();
        var watching = RunAsync("watch", "--socket", device.Socket);
        while (!device.Target.Feed.IsWatched) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        await device.Server!.DisposeAsync();
        Assert.Equal(3, await watching.WaitAsync(ControlFixture.Patience));
        Assert.Equal($"{device.Socket}: the device has gone away; look at its log\n", _error.ToString());
    }

    [Fact]
    public async Task Watch_RefusingDevice_EndsWithOne()
    {
        await using var device = await ControlFixture.StartAsync();
        device.Target.Fails = true;
        Assert.Equal(1, await RunAsync("watch", "--socket", device.Socket));
        Assert.Equal("watch: the device failed to do it; its log says why\n", _error.ToString());
        Assert.False(device.Target.Feed.IsWatched);
    }

    [Fact]
    public void Parse_UnknownVerbOrNone_IsAUsageError()
    {
        Assert.NotEmpty(CtlVerb.Create(_output, _error).Parse(["explode"]).Errors);
        Assert.NotEmpty(CtlVerb.Create(_output, _error).Parse([]).Errors);
    }

    private Task<int> RunAsync(params string[] arguments) => CtlVerb.Create(_output, _error).Parse(arguments).InvokeAsync();
}
