using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Control;

namespace EdgeVoice.IntegrationTests.Control;

public sealed class ControlWatchTests
{
    private const string Watch = "{\"v\":1,\"do\":\"watch\"}\n";

    [Fact]
    public async Task Watch_WhatHappens_ComesAfterTheWholeState()
    {
        await using var device = await ControlFixture.StartAsync();
        using var watcher = await Watcher.StartAsync(device);

        Assert.Equal("Ready", (string)watcher.First["status"]!["link"]!);
        Assert.Equal("""{"event":"levels","microphone":-100,"loudspeaker":-100}""", await watcher.NextAsync());
        device.Target.Feed.Publish(new ControlEvent { Event = "told", Text = "no more \"coffee\"" });
        device.Target.Feed.Publish(new ControlEvent { Event = "transcript", Role = "user", Item = "i", Text = "Hi", Final = true });

        Assert.Equal("""{"event":"told","text":"no more \u0022coffee\u0022"}""", await watcher.NextAsync());
        Assert.Equal("""{"event":"transcript","role":"user","item":"i","text":"Hi","final":true}""", await watcher.NextAsync());
    }

    [Fact]
    public async Task Watch_Levels_ComeOnlyWhileTheyChange()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Levels = TimeSpan.FromMilliseconds(10) });
        using var watcher = await Watcher.StartAsync(device);
        await watcher.NextAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        device.Target.Loudness = new ControlLevels(-42, -30);
        Assert.Equal("""{"event":"levels","microphone":-42,"loudspeaker":-30}""", await watcher.NextAsync());
    }

    [Fact]
    public async Task Watch_SeveralWatchers_AllHearAndAreForgottenWhenTheyGo()
    {
        await using var device = await ControlFixture.StartAsync();
        Assert.False(device.Target.Feed.IsWatched);
        var watchers = new List<Watcher>();
        for (var i = 0; i < 5; i++) watchers.Add(await Watcher.StartAsync(device));
        device.Target.Feed.Publish(new ControlEvent { Event = "told", Text = "dinner" });
        foreach (var watcher in watchers)
        {
            await watcher.UntilAsync(line => line.Contains("dinner", StringComparison.Ordinal));
            watcher.Dispose();
        }

        await EventuallyAsync(() => !device.Target.Feed.IsWatched);
    }

    // As socat does at the end of its input.
    [Fact]
    public async Task Watch_ClientThatSaysNoMoreComes_StillWatchesAndIsForgottenWhenItGoes()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Levels = TimeSpan.FromMilliseconds(10) });
        using (var watcher = await Watcher.StartAsync(device))
        {
            watcher.Socket.Shutdown(SocketShutdown.Send);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            device.Target.Feed.Publish(new ControlEvent { Event = "told", Text = "dinner" });
            await watcher.UntilAsync(line => line.Contains("dinner", StringComparison.Ordinal));
        }

        await EventuallyAsync(() => !device.Target.Feed.IsWatched);
    }

    [Fact]
    public async Task Watch_RequestsBetween_AreAnsweredOnTheSameLine()
    {
        await using var device = await ControlFixture.StartAsync();
        using var watcher = await Watcher.StartAsync(device);
        await watcher.SendAsync("{\"v\":1,\"do\":\"tap\"}\n{\"v\":1,\"do\":\"explode\"}\n" + Watch);

        await watcher.UntilAsync(line => line == "{\"ok\":true}");
        await watcher.UntilAsync(line => line.Contains("nothing known by that name", StringComparison.Ordinal));
        await watcher.UntilAsync(line => line.Contains("watches already", StringComparison.Ordinal));
        Assert.Contains("tap", device.Target.Calls);
        watcher.Dispose();
        await EventuallyAsync(() => !device.Target.Feed.IsWatched);
    }

    [Fact]
    public async Task Watch_LineTooLong_IsToldAndClosed()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { MaxLineBytes = 100 });
        using var watcher = await Watcher.StartAsync(device);
        await watcher.SendAsync(new string('x', 200));
        await watcher.UntilAsync(line => line.Contains("longer than 100 bytes; closing", StringComparison.Ordinal));
        Assert.Null(await watcher.TryNextAsync());
    }

    [Fact]
    public async Task Watch_WhoeverDoesNotRead_DelaysNobodyAndIsDropped()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Send = TimeSpan.FromMilliseconds(500) });
        using var deaf = await Watcher.StartAsync(device);
        using var other = await Watcher.StartAsync(device);
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 100_000; i++) device.Target.Feed.Publish(new ControlEvent { Event = "told", Text = new string('x', 1_000) });
        // 100,000 events that nobody takes: far less than one of them would take to be written.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 5);

        await EventuallyAsync(() => !device.Target.Feed.IsWatched);
        Assert.True((await device.AskAsync("tap")).Reply?.Ok);
    }

    [Fact]
    public async Task Watch_WhoeverReadsAgainInTime_IsToldWhyItIsDropped()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Send = TimeSpan.FromSeconds(30) });
        using var slow = await Watcher.StartAsync(device);
        for (var i = 0; i < 20_000; i++) device.Target.Feed.Publish(new ControlEvent { Event = "told", Text = new string('x', 1_000) });

        await slow.UntilAsync(line => line == "{\"ok\":false,\"error\":\"too slow: too much waited to be read; closing\"}");
        Assert.Null(await slow.TryNextAsync());
        Assert.Contains(device.Log.All, line => line.Contains("watcher dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_ABurstOfWords_IsNotTooMuch()
    {
        await using var device = await ControlFixture.StartAsync();
        using var watcher = await Watcher.StartAsync(device);
        for (var i = 0; i < 4_000; i++) device.Target.Feed.Publish(new ControlEvent { Event = "transcript", Text = $"word{i}" });
        for (var i = 0; i < 4_000; i++) Assert.Contains($"word{i}\"", await watcher.NextAsync("transcript"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_ThatDoesNotEnd_IsToldInTime()
    {
        await using var device = await ControlFixture.StartAsync(new ControlLimits { Reload = TimeSpan.FromMilliseconds(100) });
        device.Target.Reload = new TaskCompletionSource<ControlReload>().Task;
        Assert.StartsWith("not done within 0.1 s", (await device.AskAsync("reload")).Reply?.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"v\":1,\"do\":\"volume\",\"percent\":0}", "{\"ok\":true}", "volume 0")]
    [InlineData("{\"v\":1,\"do\":\"volume\",\"percent\":100}", "{\"ok\":true}", "volume 100")]
    [InlineData("{\"v\":1,\"do\":\"volume\",\"percent\":101}", "needs a", null)]
    [InlineData("{\"v\":1,\"do\":\"volume\",\"percent\":-1}", "needs a", null)]
    [InlineData("{\"v\":1,\"do\":\"volume\",\"percent\":1.5}", "not a request", null)]
    [InlineData("{\"v\":1,\"do\":\"volume\",\"percent\":\"40\"}", "not a request", null)]
    [InlineData("{\"v\":1,\"do\":\"volume\"}", "needs a", null)]
    [InlineData("{\"v\":1,\"do\":\"tap\",\"percent\":40}", "belongs to", null)]
    [InlineData("{\"v\":1,\"do\":\"reload\"}", "{\"ok\":true,\"text\":\"nothing has changed\"}", "reload")]
    public async Task Request_WithNumbers_IsDoneOrRefused(string line, string reply, string? call)
    {
        await using var device = await ControlFixture.StartAsync();
        Assert.Contains(reply, await device.ExchangeAsync(Encoding.UTF8.GetBytes(line + "\n")), StringComparison.Ordinal);
        Assert.Equal(call is null ? [] : [call], device.Target.Calls);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (var round = 0; !condition(); round++)
        {
            Assert.True(round < 200, "did not happen in time");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }
    }

    /// <summary>A raw client that has asked to watch and has got the first line.</summary>
    private sealed class Watcher : IDisposable
    {
        private readonly StreamReader _lines;

        private Watcher(Socket socket) => (Socket, _lines) = (socket, new StreamReader(new NetworkStream(socket)));

        public Socket Socket { get; }

        public JsonNode First { get; private set; } = null!;

        public static async Task<Watcher> StartAsync(ControlFixture device)
        {
            var watcher = new Watcher(await device.ConnectAsync());
            await watcher.SendAsync(Watch);
            watcher.First = JsonNode.Parse(await watcher.NextAsync())!;
            Assert.True((bool)watcher.First["ok"]!);
            return watcher;
        }

        public async Task SendAsync(string text) => await Socket.SendAsync(Encoding.UTF8.GetBytes(text));

        public async Task<string?> TryNextAsync()
        {
            try
            {
                return await _lines.ReadLineAsync().WaitAsync(ControlFixture.Patience);
            }
            catch (IOException)
            {
                // Reset counts as closed.
                return null;
            }
        }

        public async Task<string> NextAsync() => await TryNextAsync() ?? throw new InvalidOperationException("closed");

        public async Task<string> NextAsync(string kind)
        {
            while (true)
                if (await NextAsync() is var line && line.Contains($"\"event\":\"{kind}\"", StringComparison.Ordinal)) return line;
        }

        public async Task UntilAsync(Func<string, bool> wanted)
        {
            while (!wanted(await NextAsync()))
            {
            }
        }

        public void Dispose() => Socket.Dispose();
    }
}
