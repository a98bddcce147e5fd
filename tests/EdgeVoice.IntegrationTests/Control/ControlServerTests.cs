using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace EdgeVoice.IntegrationTests.Control;

[UnsupportedOSPlatform("windows")]
public sealed class ControlServerTests
{
    [Fact]
    public async Task Send_EveryVerb_ReachesTheTarget()
    {
        await using var device = await ControlFixture.StartAsync();

        foreach (var verb in new[] { "press", "release", "tap", "double-tap", "mute", "unmute" })
            Assert.Equal("{\"ok\":true}", (await device.AskAsync(verb)).Json);

        Assert.Equal(["press", "release", "tap", "double-tap", "muted", "open"], device.Target.Calls);
    }

    [Fact]
    public async Task Send_UnmuteWhileASwitchMutes_IsRefusedWithTheReason()
    {
        await using var device = await ControlFixture.StartAsync();
        device.Target.Refusal = "only the switch opens it";

        Assert.Equal("{\"ok\":false,\"error\":\"only the switch opens it\"}", (await device.AskAsync("unmute")).Json);
        Assert.Equal("{\"ok\":true}", (await device.AskAsync("mute")).Json);
    }

    [Fact]
    public async Task Send_Status_CarriesEveryField()
    {
        await using var device = await ControlFixture.StartAsync();

        var answer = await device.AskAsync("status");

        Assert.Equal(
            "{\"ok\":true,\"status\":{\"link\":\"Ready\",\"conversation\":\"Closed\",\"turn\":\"Idle\",\"mute\":\"Open\",\"mode\":\"push-to-talk\","
            + "\"reconnects\":3,\"counters\":{\"xruns\":2,\"dropped-frames\":40},\"text\":\"all is well\"}}",
            answer.Json);
        Assert.Equal(40, answer.Reply!.Status!.Counters["dropped-frames"]);
    }

    [Fact]
    public async Task Start_NewPath_IsMadeWithMode660AndRemovedAtStop()
    {
        await using var device = await ControlFixture.StartAsync();

        Assert.Equal("660", Convert.ToString((int)File.GetUnixFileMode(device.Socket), 8));
        await device.Server!.DisposeAsync();
        Assert.False(File.Exists(device.Socket));
    }

    [Fact]
    public async Task Start_SocketOfADeadDevice_IsTakenOver()
    {
        await using var device = new ControlFixture();
        Directory.CreateDirectory(Path.GetDirectoryName(device.Socket)!);
        await LeaveSocketBehindAsync(device.Socket);

        await using var server = device.Create();

        Assert.True(await server.StartAsync(default), server.Problem);
        Assert.True((await device.AskAsync("tap")).Reply?.Ok);
    }

    [Fact]
    public async Task Start_SocketOfALivingDevice_IsLeftAlone()
    {
        await using var device = await ControlFixture.StartAsync();
        await using var second = device.Create();

        Assert.False(await second.StartAsync(default));
        Assert.StartsWith($"{device.Socket}: another device answers there", second.Problem, StringComparison.Ordinal);
        await second.DisposeAsync();
        Assert.True((await device.AskAsync("tap")).Reply?.Ok);
    }

    [Theory]
    [InlineData("file", "is a file and no socket")]
    [InlineData("empty", "is a file and no socket")]
    [InlineData("folder", "is a directory")]
    [InlineData("fifo", "is a file and no socket")]
    public async Task Start_PathOfSomethingElse_IsRefusedAndLeftAlone(string kind, string reason)
    {
        await using var device = new ControlFixture();
        var path = device.In(kind);
        if (kind == "folder")
            Directory.CreateDirectory(path);
        else if (kind == "fifo")
            await Process.Start("mkfifo", path).WaitForExitAsync();
        else
            await File.WriteAllTextAsync(path, kind == "file" ? "precious" : "");
        await using var server = device.Create(null, path);

        Assert.False(await server.StartAsync(default).WaitAsync(ControlFixture.Patience));
        Assert.StartsWith($"{path}: {reason}", server.Problem, StringComparison.Ordinal);
        await server.DisposeAsync();
        Assert.True(Path.Exists(path));
    }

    [Fact]
    public async Task Start_FirstPathCannotBe_TakesTheNext()
    {
        await using var device = new ControlFixture();
        await File.WriteAllTextAsync(device.In("file"), "x");
        await using var server = device.Create(null, device.In("file/control.sock"), device.In(new string('x', 200)), device.Socket);

        Assert.True(await server.StartAsync(default), server.Problem);
        Assert.Equal(device.Socket, server.Path);
    }

    [Fact]
    public async Task Start_NoPathCanBe_SaysWhyForEach()
    {
        await using var device = new ControlFixture();
        var longPath = device.In(new string('x', 200));
        await using var server = device.Create(null, "/proc/none/control.sock", longPath);

        Assert.False(await server.StartAsync(default));
        Assert.StartsWith("/proc/none/control.sock: cannot be made (", server.Problem, StringComparison.Ordinal);
        Assert.Contains($"{longPath}: cannot be made (", server.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', server.Problem!);
    }

    [Fact]
    public async Task Dispose_WithBusyClients_TakesAboutASecondAtMost()
    {
        await using var device = await ControlFixture.StartAsync();
        using var silent = await device.ConnectAsync();
        using var half = await device.ConnectAsync();
        await half.SendAsync("{\"v\":1,"u8.ToArray());

        await device.Server!.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(string.Empty, await ControlFixture.ReadAllAsync(silent));
    }

    [Fact]
    public async Task Send_ManyClientsAtOnce_AllAreAnswered()
    {
        await using var device = await ControlFixture.StartAsync();

        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => device.AskAsync("tap")));
            Assert.All(answers, answer => Assert.True(answer.Reply?.Ok, answer.Problem ?? answer.Json));
        }

        Assert.Equal(160, device.Target.Calls.Count);
    }

    // Bound, listening and closed again, as a killed process leaves it: a link keeps the name when .NET removes its own.
    private static async Task LeaveSocketBehindAsync(string path)
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(path + ".own"));
            dead.Listen();
            using var link = Process.Start("ln", [path + ".own", path]);
            await link.WaitForExitAsync();
        }

        Assert.True(File.Exists(path));
    }
}
