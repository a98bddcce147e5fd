using System.Net.Sockets;
using System.Text;
using EdgeVoice.Core.Control;

namespace EdgeVoice.IntegrationTests.Control;

public sealed class HostileClientTests
{
    private const string NotARequest = "{\"ok\":false,\"error\":\"not a request; send one line such as ";

    [Theory]
    [InlineData("hello", "not a request")]
    [InlineData("", "not a request")]
    [InlineData("[1]", "not a request")]
    [InlineData("{\"v\":1,\"do\":\"press\"", "not a request")]
    [InlineData("{\"v\":1,\"do\":\"press\"}{}", "not a request")]
    [InlineData("{\"v\":1,\"do\":\"mute\",\"on\":false}", "not a request")]
    [InlineData("{\"v\":1,\"do\":\"press\",\"do\":\"tap\"}", "not a request")]
    [InlineData("{\"v\":\"1\",\"do\":\"press\"}", "not a request")]
    [InlineData("{\"v\":1,\"do\":\"\\ud800\"}", "not a request")]
    [InlineData("GET / HTTP/1.1\r", "not a request")]
    [InlineData("null", "a request needs")]
    [InlineData("{}", "a request needs")]
    [InlineData("{\"do\":\"press\"}", "a request needs")]
    [InlineData("{\"v\":2,\"do\":\"press\"}", "this device speaks version 1")]
    [InlineData("{\"v\":1,\"do\":\"explode\"}", "nothing known by that name")]
    [InlineData("{\"v\":1,\"do\":\"Press\"}", "nothing known by that name")]
    public async Task Garbage_IsAnsweredWithOneLineAndTheNextRequestWorks(string line, string reason)
    {
        await using var device = await ControlFixture.StartAsync();

        var answer = await device.ExchangeAsync(Encoding.UTF8.GetBytes(line + "\n{\"v\":1,\"do\":\"tap\"}\n"));

        var lines = answer.Split('\n');
        Assert.StartsWith($"{{\"ok\":false,\"error\":\"{reason}", lines[0], StringComparison.Ordinal);
        Assert.Equal(["{\"ok\":true}", ""], lines[1..]);
        Assert.Equal(["tap"], device.Target.Calls);
    }

    [Fact]
    public async Task RandomBytes_AreAnsweredLineByLine()
    {
        await using var device = await ControlFixture.StartAsync();
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var bytes = new byte[2_000];
            random.NextBytes(bytes);
            var answer = await device.ExchangeAsync(bytes);
            var lines = bytes.Count(b => b == '\n') + (bytes[^1] == '\n' ? 0 : 1);
            Assert.Equal(lines, answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith(NotARequest, StringComparison.Ordinal)));
        }

        Assert.Empty(device.Target.Calls);
    }

    [Fact]
    public async Task LastLineWithoutLineFeed_IsARequest()
    {
        await using var device = await ControlFixture.StartAsync();

        Assert.Equal("{\"ok\":true}\n", await device.ExchangeAsync("{\"v\":1,\"do\":\"tap\"}"u8.ToArray()));
    }

    [Fact]
    public async Task RequestInSingleBytes_IsARequest()
    {
        await using var device = await ControlFixture.StartAsync();
        using var socket = await device.ConnectAsync();
        foreach (var value in "{\"v\":1,\"do\":\"tap\"}\n"u8.ToArray())
            await socket.SendAsync(new[] { value });
        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal("{\"ok\":true}\n", await ControlFixture.ReadAllAsync(socket));
    }

    [Theory]
    [InlineData(65_536, "not a request")]
    [InlineData(65_537, "a request is longer than 65536 bytes; closing")]
    [InlineData(20_000_000, "a request is longer than 65536 bytes; closing")]
    public async Task LongLine_IsRefusedBeyondTheLimit(int length, string reason)
    {
        await using var device = await ControlFixture.StartAsync();
        var bytes = new byte[length + 1];
        Array.Fill(bytes, (byte)'x');
        bytes[^1] = (byte)'\n';

        var answer = await device.ExchangeAsync(bytes);

        Assert.StartsWith($"{{\"ok\":false,\"error\":\"{reason}", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task OneClientTooMany_IsToldAndClosedAndPlaceIsFreedAgain()
    {
        await using var device = await ControlFixture.StartAsync();
        var clients = await FillAsync(device, 16);

        Assert.Equal("{\"ok\":false,\"error\":\"16 clients are connected already; close one\"}", (await device.AskAsync("tap")).Json);

        clients.ForEach(client => client.Dispose());
        await EventuallyAsync(async () => (await device.AskAsync("tap")).Reply?.Ok == true);
    }

    [Fact]
    public async Task ManyClientsTooMany_AreToldEachAndLoggedOnce()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { MaxClients = 2 });
        var clients = await FillAsync(device, 2);
        for (var i = 0; i < 50; i++)
            Assert.Equal("{\"ok\":false,\"error\":\"2 clients are connected already; close one\"}", (await device.AskAsync("tap")).Json);

        Assert.Single(device.Log.All, line => line.Contains("client refused", StringComparison.Ordinal));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task SilentOrDrippingClient_IsToldAndDropped()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Idle = TimeSpan.FromMilliseconds(400) });
        using var silent = await device.ConnectAsync();
        using var dripping = await device.ConnectAsync();
        var drip = DripAsync(dripping);

        Assert.Contains("no request for", await ControlFixture.ReadAllAsync(silent), StringComparison.Ordinal);
        Assert.True(await drip.WaitAsync(ControlFixture.Patience) < 100, "a byte now and then bought more time");
    }

    [Fact]
    public async Task ClientThatNeverReads_IsDroppedAndOthersAreServed()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Send = TimeSpan.FromMilliseconds(300) });
        device.Target.Text = new string('x', 100_000);
        using var deaf = await device.ConnectAsync();
        var flood = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"v\":1,\"do\":\"status\"}\n", 200)));
        await deaf.SendAsync(flood).WaitAsync(ControlFixture.Patience);

        Assert.True((await device.AskAsync("tap")).Reply?.Ok);
        await EventuallyAsync(() => Task.FromResult(IsClosed(deaf)));
        Assert.True(device.Target.Calls.Count(call => call == "status") < 100, "answers piled up for a client that does not read");
    }

    [Fact]
    public async Task TargetThatThrows_IsARefusalAndTheServerGoesOn()
    {
        await using var device = await ControlFixture.StartAsync();
        device.Target.Fails = true;
        Assert.Equal("{\"ok\":false,\"error\":\"the device failed to do it; its log says why\"}", (await device.AskAsync("press")).Json);
        device.Target.Fails = false;

        Assert.True((await device.AskAsync("press")).Reply?.Ok);
    }

    [Fact]
    public async Task ClientsThatComeAndGo_LeaveTheServerWhole()
    {
        await using var device = await ControlFixture.StartAsync();
        for (var round = 0; round < 200; round++)
        {
            using var socket = await device.ConnectAsync();
            if (round % 2 == 0)
                await socket.SendAsync("{\"v\":1,\"do\":\"status\"}\n{\"v\""u8.ToArray());
        }

        await EventuallyAsync(async () => (await device.AskAsync("tap")).Reply?.Ok == true);
    }

    private static async Task<List<Socket>> FillAsync(ControlFixture device, int count)
    {
        var clients = new List<Socket>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await device.ConnectAsync());
            await clients[i].SendAsync("{\"v\":1,\"do\":\"tap\"}\n"u8.ToArray());
            Assert.Equal(12, await clients[i].ReceiveAsync(new byte[100]).WaitAsync(ControlFixture.Patience));
        }

        return clients;
    }

    private static async Task<int> DripAsync(Socket socket)
    {
        for (var sent = 0; sent < 100; sent++)
        {
            try
            {
                await socket.SendAsync(new byte[] { (byte)' ' });
            }
            catch (SocketException)
            {
                return sent;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return 100;
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Send("\n"u8) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var round = 0; !await condition(); round++)
        {
            Assert.True(round < 100, "did not happen in time");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
