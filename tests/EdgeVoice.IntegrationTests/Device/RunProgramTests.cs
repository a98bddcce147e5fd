using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary><c>edgevoice run</c> against <c>edgevoice simulator</c>, driven by <c>edgevoice ctl</c>: four processes.</summary>
[Collection(WholeDevice.Name)]
public sealed partial class RunProgramTests
{
    [Fact]
    public async Task Run_PressedAndReleasedByCtl_IsHeardAndEndsWithinTwoSecondsOfSigterm()
    {
        using var folder = new TestFolder();
        var answer = Clips.Noise(601, 700);
        await using var server = await SimulatorAsync(folder, answer);
        await using var device = ProgramUnderTest.Start("run", "--config", Config(folder, await UrlAsync(server)));
        await device.SaysAsync("Ready (push-to-talk)");
        await server.SaysAsync("connected");
        await CtlAsync(folder, "press");
        await Task.Delay(1_200);
        await CtlAsync(folder, "release");
        await server.SaysAsync("completed");
        await UntilAsync(folder, status => (string)status["turn"]! == "Idle" && (long)status["counters"]!["turns"]! == 1);
        Assert.InRange(await device.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, device.ExitCode);

        var heard = new HeardWav(folder["out.wav"]);
        Assert.Equal(answer.Length, heard.Find(answer).Count);
        Assert.Contains(server.Output, line => line.Contains("turn 1: heard", StringComparison.Ordinal));
    }

    // What is compiled in a press is heard as lateness: all of it has been compiled before READY.
    [Fact]
    public async Task Run_FirstTurn_CompilesNothingOnThePathOfSound()
    {
        using var folder = new TestFolder();
        await using var server = await SimulatorAsync(folder, Clips.Noise(604, 700));
        var environment = new Dictionary<string, string> { ["DOTNET_JitStdOutFile"] = folder["jit.txt"], ["DOTNET_JitDisasmSummary"] = "1" };
        await using var device = ProgramUnderTest.Start(environment, "run", "--config", Config(folder, await UrlAsync(server), sounds: true));
        await device.SaysAsync("Ready (push-to-talk)");
        await server.SaysAsync("connected");
        await CtlAsync(folder, "press");
        await Task.Delay(1_200);
        await CtlAsync(folder, "release");
        await server.SaysAsync("completed");
        await Task.Delay(1_500);
        await device.TerminateAsync();

        var compiled = File.ReadAllLines(folder["jit.txt"]);
        var ready = Array.FindIndex(compiled, l => l.Contains("DeviceService:LogReady", StringComparison.Ordinal));
        var end = Array.FindIndex(compiled, l => l.Contains("VoiceDevice:DisposeAsync", StringComparison.Ordinal));
        Assert.InRange(ready, 1, end - 1);
        var late = compiled[ready..end].Where(l => OnThePath().IsMatch(l)).ToList();
        Assert.True(late.Count == 0, string.Join("\n", late));
    }

    // Not the settings of a connection, not the virtual card's file, and no property, which a debug build does not inline.
    [GeneratedRegex(
        @"compiled EdgeVoice\.(Device\.(?!SessionSettings)|Core\.(Button|Capture|Conversation|Downlink|Led|Playback|Uplink)\.|" +
        @"Core\.Audio\.(?!Wav|\S*EdgeVoice\.Simulator))(?!\S*:get_)")]
    private static partial Regex OnThePath();

    // As by a signal that comes before anything has started.
    [Fact]
    public async Task Run_ToldToStopBeforeItsStart_EndsWithCode0()
    {
        using var folder = new TestFolder();
        using var error = new StringWriter();
        var run = Program.Compose(TextWriter.Null, error).Parse(["run", "--config", Config(folder, "ws://127.0.0.1:1/v1/realtime")]);
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        Assert.Equal(0, await run.InvokeAsync(invocation, new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task Run_InTheMiddleOfAnAnswer_EndsWithinTwoSecondsOfSigterm()
    {
        using var folder = new TestFolder();
        var answer = Clips.Noise(602, 8_000);
        await using var server = await SimulatorAsync(folder, answer);
        await using var device = ProgramUnderTest.Start("run", "--config", Config(folder, await UrlAsync(server)));
        await device.SaysAsync("Ready");
        await server.SaysAsync("connected");
        await CtlAsync(folder, "tap");
        await Task.Delay(800);
        await CtlAsync(folder, "tap");
        await UntilAsync(folder, status => (string)status["turn"]! == "Speaking");
        Assert.InRange(await device.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, device.ExitCode);
        // The file is complete: what was heard until then, and its header says how much.
        Assert.InRange(new HeardWav(folder["out.wav"]).Find(answer).Count, 1, answer.Length - 1);
    }

    [Fact]
    public async Task Run_MutedByCtl_TakesNoTurn()
    {
        using var folder = new TestFolder();
        await using var server = await SimulatorAsync(folder, Clips.Noise(603, 300));
        await using var device = ProgramUnderTest.Start("run", "--config", Config(folder, await UrlAsync(server)));
        await device.SaysAsync("Ready");
        await server.SaysAsync("connected");
        await CtlAsync(folder, "mute");
        await UntilAsync(folder, status => (string)status["mute"]! == "Muted");
        await CtlAsync(folder, "tap");
        await Task.Delay(400);
        Assert.Equal(0, (long)(await StatusAsync(folder))["counters"]!["turns"]!);
        await CtlAsync(folder, "unmute");
        await UntilAsync(folder, status => (string)status["mute"]! == "Open");
        Assert.InRange(await device.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(server.Output, line => line.Contains("turn 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NothingItNeedsIsThere_RunsOnAndSaysSo()
    {
        using var folder = new TestFolder();
        var config = folder.Write("edgevoice.json", $$"""
            { "version": 1, "defaults": {
                "realtime": { "url": "ws://127.0.0.1:1/v1/realtime" },
                "audio": { "capture": { "device": "wav:{{folder["missing.wav"]}}" }, "playback": { "device": "hw:7" } },
                "control": { "socket": "{{folder["control.sock"]}}" },
                "led": { "device": "none" } } }
            """);
        await using var device = ProgramUnderTest.Start("run", "--config", config);
        await device.SaysAsync("Ready");
        await device.SaysAsync("missing.wav");
        var status = await StatusAsync(folder);
        Assert.NotEqual("Ready", (string)status["link"]!);
        Assert.Contains("hw:7", (string)status["text"]!, StringComparison.Ordinal);
        Assert.InRange(await device.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(device.Error, line => line.StartsWith("dbug", StringComparison.Ordinal));
        Assert.Equal(0, device.ExitCode);
    }

    [Fact]
    public async Task Run_UnknownKey_RunsOnAndNamesFileLineAndTheNearestKey_UntilItIsMended()
    {
        using var folder = new TestFolder();
        await using var server = await SimulatorAsync(folder, Clips.Noise(609, 700));
        var config = Config(folder, await UrlAsync(server));
        var good = File.ReadAllText(config);
        File.WriteAllText(config, good.Replace("\"volume\"", "\n\"volum\"", StringComparison.Ordinal));
        var environment = new Dictionary<string, string> { ["RUNTIME_DIRECTORY"] = Path.GetDirectoryName(config)!, ["STATE_DIRECTORY"] = folder["none"] };
        await using var device = ProgramUnderTest.Start(environment, "run", "--config", config);
        await device.SaysAsync("Ready");
        var line = await device.SaysAsync($"{config}:4");
        Assert.Contains("\"volume\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Output, said => said.Contains("connected", StringComparison.Ordinal));
        File.WriteAllText(config, good);
        await server.SaysAsync("connected");
        Assert.InRange(await device.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, device.ExitCode);
    }

    [Fact]
    public async Task Ctl_NoDevice_EndsInOneLineWithCode3()
    {
        using var folder = new TestFolder();
        await using var program = await ProgramUnderTest.RunAsync("ctl", "status", "--socket", folder["none.sock"]);
        Assert.Equal((3, 1), (program.ExitCode, program.Error.Count));
    }

    private static async Task<ProgramUnderTest> SimulatorAsync(TestFolder folder, short[] answer)
    {
        using (var wav = new WavWriter(folder["answer.wav"], Clips.Rate, 1)) wav.Write(answer);
        var script = folder.Write("script.json", """{ "turns": [ { "answer": [ { "wav": "answer.wav" } ] } ] }""");
        var server = ProgramUnderTest.Start("simulator", "--script", script);
        await server.SaysAsync("listening on");
        return server;
    }

    private static async Task<string> UrlAsync(ProgramUnderTest server) => (await server.SaysAsync("listening on")).Split(' ')[^1];

    private static string Config(TestFolder folder, string url, bool sounds = false)
    {
        // Somebody who never stops talking: whenever the button is pressed there is speech.
        using (var wav = new WavWriter(folder["in.wav"], Clips.Rate, 1)) wav.Write(Clips.Noise(604, 30_000));
        return folder.Write("edgevoice.json", $$"""
            { "version": 1, "defaults": {
                "realtime": { "url": "{{url}}" },
                "audio": { "capture": { "device": "wav:{{folder["in.wav"]}}" }, "playback": { "device": "wav:{{folder["out.wav"]}}", "volume": 100 } },
                "control": { "socket": "{{folder["control.sock"]}}" },
                "sounds": { "enabled": {{(sounds ? "true" : "false")}} },
                "button": { "device": "none" }, "led": { "device": "none" } } }
            """);
    }

    private static async Task CtlAsync(TestFolder folder, string verb)
    {
        await using var ctl = await ProgramUnderTest.RunAsync("ctl", verb, "--socket", folder["control.sock"]);
        Assert.True(ctl.ExitCode == 0, string.Join(" | ", ctl.Error));
    }

    private static async Task<JsonNode> StatusAsync(TestFolder folder)
    {
        await using var ctl = await ProgramUnderTest.RunAsync("ctl", "status", "--json", "--socket", folder["control.sock"]);
        Assert.True(ctl.ExitCode == 0, string.Join(" | ", ctl.Error));
        return JsonNode.Parse(ctl.Output.Single())!["status"]!;
    }

    private static async Task UntilAsync(TestFolder folder, Func<JsonNode, bool> condition)
    {
        for (var tries = 0; tries < 60; tries++)
            if (condition(await StatusAsync(folder))) return;
        Assert.Fail($"waited in vain: {await StatusAsync(folder)}");
    }
}
