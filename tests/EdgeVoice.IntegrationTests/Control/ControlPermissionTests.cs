using System.Diagnostics;
using System.Runtime.Versioning;
using EdgeVoice.IntegrationTests.Device;
using EdgeVoice.Linux;

namespace EdgeVoice.IntegrationTests.Control;

/// <summary>Device and ctl as the real program, each as a user of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ControlPermissionTests
{
    private const int Device = 47_101, Member = 47_102, Stranger = 47_103, Group = 47_110, Elsewhere = 47_111;
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [NeedsRootFact]
    public async Task Ctl_MemberOfTheGroup_DrivesAndAStrangerIsRefused()
    {
        using var folder = new TestFolder();
        File.SetUnixFileMode(folder["."], Everybody);
        Directory.CreateDirectory(folder["run"]);
        Assert.Equal(0, await RunAsync("chown", $"{Device}:{Group}", folder["run"]));
        var socket = folder["run/control.sock"];
        var config = folder.Write("edgevoice.json", $$"""
            { "version": 1, "defaults": {
                "realtime": { "url": "ws://127.0.0.1:1/v1/realtime" },
                "audio": { "capture": { "device": "tone:440" }, "playback": { "device": "null" } },
                "button": { "device": "none" }, "led": { "device": "none" }, "control": { "socket": "{{socket}}" } } }
            """);
        using var device = Start(Device, Group, "run", "--config", config);
        try
        {
            for (var tries = 0; !File.Exists(socket) || (await AskAsync(Device, Group, socket)).Code != 0; tries++)
            {
                Assert.True(tries < 100, "the device did not start");
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }

            Assert.Equal((0, ""), await AskAsync(Member, Group, socket));
            var refused = await AskAsync(Stranger, Elsewhere, socket);
            Assert.Equal(3, refused.Code);
            Assert.StartsWith($"{socket}: user ", refused.Error, StringComparison.Ordinal);
            Assert.EndsWith(" may not use it; join group edgevoice-ctl and log in again\n", refused.Error, StringComparison.Ordinal);
            Assert.Equal("660", Convert.ToString((int)File.GetUnixFileMode(socket), 8));
        }
        finally
        {
            device.Kill();
            await device.WaitForExitAsync();
        }
    }

    [NeedsRootFact]
    public async Task Start_WithAGroup_GivesTheSocketToIt()
    {
        await using var fixture = new ControlFixture();
        await using var server = fixture.Create(path => SocketGroup.TryGive(path, "games"));
        Assert.True(await server.StartAsync(default), server.Problem);
        Assert.Equal("srw-rw---- games", await ModeAsync(fixture.Socket));
    }

    [Fact]
    public async Task Start_GroupThatCannotBeGiven_ListensAllTheSame()
    {
        await using var fixture = new ControlFixture();
        await using var server = fixture.Create(_ => "no such thing");
        Assert.True(await server.StartAsync(default), server.Problem);
        Assert.Contains("control socket: no such thing", fixture.Log.All);
    }

    [Fact]
    public void TryGive_NoSuchGroup_LeavesTheFileAlone() => Assert.Null(SocketGroup.TryGive("/nowhere", "no-such-group-here"));

    [Fact]
    public void TryGive_FileThatCannotBeGiven_SaysWhatToDo()
    {
        var problem = SocketGroup.TryGive("/nowhere/at/all", "games");
        Assert.StartsWith("/nowhere/at/all cannot be given to group games (", problem, StringComparison.Ordinal);
        Assert.EndsWith("(in the unit: SupplementaryGroups=games)", problem, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> AskAsync(int user, int group, string socket)
    {
        using var ctl = Start(user, group, "ctl", "tap", "--socket", socket);
        var error = await ctl.StandardError.ReadToEndAsync();
        await ctl.WaitForExitAsync();
        return (ctl.ExitCode, error);
    }

    private static async Task<string> ModeAsync(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%A %G", path]) { RedirectStandardOutput = true })!;
        return (await stat.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    // What the device logs stays unread: far less than a pipe holds.
    private static Process Start(int user, int group, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "setpriv",
        ["--reuid", $"{user}", "--regid", $"{group}", "--clear-groups", Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "edgevoice.dll"), .. arguments])
    {
        RedirectStandardError = true,
        WorkingDirectory = "/",
        Environment = { ["XDG_RUNTIME_DIR"] = "", ["HOME"] = "/", ["DOTNET_EnableDiagnostics"] = "0" },
    })!;
}
