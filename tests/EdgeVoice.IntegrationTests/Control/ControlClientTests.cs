using System.Net.Sockets;
using System.Text;
using EdgeVoice.Core.Control;

namespace EdgeVoice.IntegrationTests.Control;

public sealed class ControlClientTests
{
    [Fact]
    public async Task Send_NothingThere_SaysHowToStart()
    {
        await using var device = new ControlFixture();

        Assert.Equal(
            $"{device.Socket}: no device is listening; start it with \"edgevoice run\", or name its socket with --socket",
            (await device.AskAsync("tap")).Problem);
    }

    [Fact]
    public async Task Send_PathTooLong_SaysSo()
    {
        var answer = await ControlClient.SendAsync("/" + new string('x', 200), ControlRequest.Of("tap"), ControlFixture.Patience);

        Assert.EndsWith(": is no path of a Unix socket (107 bytes at most)", answer.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "closed without an answer")]
    [InlineData("<html>\n", "answered with something that is not a reply")]
    [InlineData("{\"ok\":true,\"status\":{\"link\":null}}\n", "answered with something that is not a reply")]
    [InlineData("null\n", "answered with null")]
    public async Task Send_ForeignServer_IsOneLine(string reply, string reason)
    {
        await using var device = new ControlFixture();
        using var foreign = Listen(device.Socket);
        var serving = Task.Run(async () =>
        {
            using var client = await foreign.AcceptAsync();
            await client.ReceiveAsync(new byte[100]);
            await client.SendAsync(Encoding.UTF8.GetBytes(reply));
        });

        var answer = await device.AskAsync("tap");

        await serving;
        Assert.StartsWith($"{device.Socket}: {reason}", answer.Problem, StringComparison.Ordinal);
        Assert.Null(answer.Reply);
    }

    [Fact]
    public async Task Send_ServerThatNeverAnswers_TimesOut()
    {
        await using var device = new ControlFixture();
        using var mute = Listen(device.Socket);

        var answer = await ControlClient.SendAsync(device.Socket, ControlRequest.Of("tap"), TimeSpan.FromMilliseconds(200)).WaitAsync(ControlFixture.Patience);

        Assert.Equal($"{device.Socket}: somebody listens but did not answer within 0.2 s; look at the device's log", answer.Problem);
    }

    [Fact]
    public async Task Send_QueueOfNewClientsIsFull_WaitsForAPlace()
    {
        await using var device = new ControlFixture();
        using var slow = Listen(device.Socket, backlog: 0);
        using var first = await device.ConnectAsync();
        var asking = device.AskAsync("tap");
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        Assert.False(asking.IsCompleted, asking.IsCompleted ? (await asking).Problem : null);

        (await slow.AcceptAsync()).Dispose();
        using var client = await slow.AcceptAsync().WaitAsync(ControlFixture.Patience);
        await client.SendAsync("{\"ok\":true}\n"u8.ToArray());

        Assert.True((await asking).Reply?.Ok, (await asking).Problem);
    }

    [Fact]
    public void Candidates_EnvironmentBeforeConfigurationBeforeUsualPlaces()
    {
        string? Both(string name) => name == "EDGEVOICE_CONTROL" ? "/a" : name == "XDG_RUNTIME_DIR" ? "/run/user/1" : null;
        string? User(string name) => name == "XDG_RUNTIME_DIR" ? "/run/user/1" : null;

        Assert.Equal(["/a"], ControlSocket.Candidates("/b", Both));
        Assert.Equal(["/b"], ControlSocket.Candidates("/b", User));
        Assert.Equal(["/run/edgevoice/control.sock", "/run/user/1/edgevoice/control.sock"], ControlSocket.Candidates(null, User));
        Assert.Equal(["/run/edgevoice/control.sock"], ControlSocket.Candidates(null, _ => null));
    }

    [Fact]
    public void Places_WhatIsConfiguredThenTheUsualOnes()
    {
        string? Named(string name) => name == "EDGEVOICE_CONTROL" ? "/a" : null;
        string? User(string name) => name == "XDG_RUNTIME_DIR" ? "/run/user/1" : null;

        Assert.Equal(["/a"], ControlSocket.Places("/b", Named));
        Assert.Equal(["/b", "/run/edgevoice/control.sock", "/run/user/1/edgevoice/control.sock"], ControlSocket.Places("/b", User));
        Assert.Equal(["/run/edgevoice/control.sock"], ControlSocket.Places("", _ => null));
    }

    [Fact]
    public async Task Watch_DeviceThatGoesAway_EndsWithTheReason()
    {
        await using var device = await ControlFixture.StartAsync();
        var (begun, told) = (new TaskCompletionSource<ControlAnswer>(), new TaskCompletionSource<ControlEvent>());
        var watching = ControlClient.WatchAsync(device.Socket, ControlFixture.Patience, begun.SetResult, (happened, _) =>
        {
            if (happened.Event == "told") told.SetResult(happened);
        });
        Assert.Equal("Ready", (await begun.Task.WaitAsync(ControlFixture.Patience)).Reply?.Status?.Link);
        device.Target.Feed.Publish(new ControlEvent { Event = "told", Text = "dinner" });
        Assert.Equal("dinner", (await told.Task.WaitAsync(ControlFixture.Patience)).Text);
        await device.Server!.DisposeAsync();

        var end = await watching.WaitAsync(ControlFixture.Patience);
        Assert.Equal($"{device.Socket}: the device has gone away; look at its log", end.Problem);
    }

    [Theory]
    [InlineData("", ": the device has gone away; look at its log")]
    [InlineData("{\"ok\":false,\"error\":\"too slow\"}\n", ": too slow")]
    [InlineData("<html>\n", ": tells something that is no event; it is not the socket of a device of this release")]
    [InlineData("null\n", ": tells something that is no event; it is not the socket of a device of this release")]
    public async Task Watch_LastWords_AreTheProblem(string last, string problem)
    {
        await using var device = new ControlFixture();
        using var foreign = Listen(device.Socket);
        var serving = Task.Run(async () =>
        {
            using var client = await foreign.AcceptAsync();
            await client.ReceiveAsync(new byte[100]);
            await client.SendAsync(Encoding.UTF8.GetBytes("{\"ok\":true}\n{\"event\":\"one day\",\"new\":1}\n" + last));
        });
        var events = new List<string>();

        var end = await ControlClient.WatchAsync(device.Socket, ControlFixture.Patience, _ => { }, (happened, _) => events.Add(happened.Event));

        await serving;
        Assert.Equal((device.Socket + problem, true), (end.Problem, end.Reply?.Ok));
        Assert.Equal(["one day"], events);
    }

    private static Socket Listen(string path, int backlog = 16)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen(backlog);
        return socket;
    }
}
