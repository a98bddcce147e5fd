using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using EdgeVoice.IntegrationTests.Device;

namespace EdgeVoice.IntegrationTests.Control;

/// <summary>A key of its own kind is planted, everything the program says is kept, and the key is looked for in it.</summary>
[Collection(WholeDevice.Name)]
[UnsupportedOSPlatform("windows")]
public sealed partial class PlantedSecretTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<string> _said = [];

    // Not of a shape that anything could know as a key's.
    private readonly string _key = $"planted{Convert.ToHexString(RandomNumberGenerator.GetBytes(12))}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_WithAKeyThatIsAccepted_ShowsItNowhere()
    {
        // The server takes this key alone: a turn that is answered proves that the header held it.
        await using var server = ProgramUnderTest.Start("simulator", "--key", _key);
        var url = (await server.SaysAsync("listening on")).Split(' ')[^1];
        await using (var device = Start(url))
        {
            await device.SaysAsync("Session ready");
            // A core dump would hold it.
            Assert.Contains(File.ReadAllLines($"/proc/{device.Id}/limits"), line => CoreLimit().IsMatch(line));
            await using var watch = ProgramUnderTest.Start("ctl", "watch", "--json", "--socket", _folder["control.sock"]);
            await watch.SaysAsync("\"ok\":true");
            await CtlAsync("say", "What is my key?");
            await watch.SaysAsync("\"role\":\"assistant\"");
            await CtlAsync("double-tap");
            await CtlAsync("reload");
            await CtlAsync("status");
            await CtlAsync("status", "--json");
            Assert.True(File.Exists(_folder["configuration.last-good.json"]), "there is no last good copy to look into");
            await device.TerminateAsync();
            await watch.EndedAsync();
            Keep(device);
            Keep(watch);
        }

        await server.TerminateAsync();
        Keep(server);
        Assert.Contains(_said, line => line.Contains("You said: What is my key?", StringComparison.Ordinal));
        AssertNowhere();
    }

    [Theory]
    [InlineData("http=401", "refused the credential")]
    [InlineData("http=500", "500")]
    public async Task Run_WithAServerThatRefuses_ShowsItNowhere(string fault, string words)
    {
        await using var server = ProgramUnderTest.Start("simulator", "--fail", $"{fault}:9");
        var url = (await server.SaysAsync("listening on")).Split(' ')[^1];
        await using (var device = Start(url))
        {
            await device.SaysAsync(words);
            await CtlAsync("status");
            await device.TerminateAsync();
            Keep(device);
        }

        await server.TerminateAsync();
        Keep(server);
        AssertNowhere();
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1/v1/realtime")]
    [InlineData("wss://nowhere.invalid/v1/realtime")]
    public async Task Run_WithAServerThatIsNotThere_ShowsItNowhere(string url)
    {
        await using (var device = Start(url))
        {
            await device.SaysAsync(new Uri(url).Host);
            await CtlAsync("status");
            await device.TerminateAsync();
            Keep(device);
        }

        AssertNowhere();
    }

    // Pasted where only a name belongs, as people do: refused, and the message does not repeat it.
    [Theory]
    [InlineData("credential", """{ "environment": "KEY" }""")]
    [InlineData("credential", """{ "file": "KEY" }""")]
    [InlineData("credential", "\"KEY\"")]
    [InlineData("apiKey", "\"KEY\"")]
    public async Task Run_WithTheKeyInTheConfiguration_TakesNothingOfItAndDoesNotRepeatIt(string name, string value)
    {
        var key = $"sk-{_key}";
        var config = _folder.Write("edgevoice.json", $$"""
            { "version": 1, "defaults": { "realtime": { "url": "ws://127.0.0.1:1/v1/realtime", "{{name}}": {{value.Replace("KEY", key, StringComparison.Ordinal)}} } } }
            """);
        await using (var program = ProgramUnderTest.Start("run", "--config", config))
        {
            await program.SaysAsync("Ready");
            await program.TerminateAsync();
            Keep(program);
        }

        await using var check = await ProgramUnderTest.RunAsync("config", "check", config);
        Assert.Equal(2, check.ExitCode);
        Keep(check);
        Assert.Contains(_said, line => line.Contains("edgevoice.json:1:", StringComparison.Ordinal));
        File.Delete(config);
        AssertNowhere();
    }

    [GeneratedRegex(@"^Max core file size\s+0\s")]
    private static partial Regex CoreLimit();

    private ProgramUnderTest Start(string url)
    {
        File.SetUnixFileMode(_folder.Write("key", _key + "\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var config = _folder.Write("edgevoice.json", $$"""
            { "version": 1, "defaults": {
                "realtime": { "url": "{{url}}", "credential": { "file": "{{_folder["key"]}}" } },
                "conversation": { "memory": { "acrossRestarts": true } },
                "service": { "stateDirectory": "{{_folder["state"]}}" },
                "audio": { "capture": { "device": "tone:440" }, "playback": { "device": "null" } },
                "control": { "socket": "{{_folder["control.sock"]}}" },
                "button": { "device": "none" }, "led": { "device": "none" } } }
            """);
        return ProgramUnderTest.Start(new Dictionary<string, string> { ["STATE_DIRECTORY"] = _folder["."] }, "run", "--verbose", "--config", config);
    }

    private async Task CtlAsync(params string[] arguments)
    {
        await using var ctl = await ProgramUnderTest.RunAsync(["ctl", .. arguments, "--socket", _folder["control.sock"]]);
        Assert.InRange(ctl.ExitCode, 0, 1);
        Keep(ctl);
    }

    private void Keep(ProgramUnderTest program)
    {
        _said.AddRange(program.Output);
        _said.AddRange(program.Error);
    }

    // Neither said, nor written to any file but its own: not to what is kept for the next start, either.
    private void AssertNowhere()
    {
        Assert.NotEmpty(_said);
        Assert.DoesNotContain(_said, line => line.Contains(_key, StringComparison.OrdinalIgnoreCase));
        foreach (var file in Directory.EnumerateFiles(_folder["."], "*", SearchOption.AllDirectories))
            if (Path.GetFileName(file) != "key" && !File.GetAttributes(file).HasFlag(FileAttributes.Device))
                Assert.DoesNotContain(_key, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase);
    }
}
