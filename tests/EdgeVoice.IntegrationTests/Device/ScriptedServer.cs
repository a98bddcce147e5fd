using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A server whose every word is the test's: what the stand-in server would never say.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app, Uri url) => (_app, Url) = (app, url);

    public Uri Url { get; }

    /// <summary>Serves each connection with the play; the handshake is done before it begins.</summary>
    public static async Task<ScriptedServer> StartAsync(Func<Peer, Task> play)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(context => ServeAsync(context, play));
        await app.StartAsync();
        return new ScriptedServer(app, new Uri(app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/v1/realtime?model=any"));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task ServeAsync(HttpContext context, Func<Peer, Task> play)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("realtime");
        var peer = new Peer(socket, context.RequestAborted);
        try
        {
            await peer.SendAsync("""{"type":"session.created","event_id":"e1","session":{"type":"realtime","object":"realtime.session","id":"sess_1"}}""");
            peer.Settings = await peer.UntilAsync("session.update");
            await peer.SendAsync("""{"type":"session.updated","event_id":"e2","session":{"type":"realtime","object":"realtime.session","id":"sess_1"}}""");
            await play(peer);
            while (await peer.NextAsync() is not null)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The device went away, as it does at a test's end.
        }
    }

    /// <summary>One connection.</summary>
    internal sealed class Peer(WebSocket socket, CancellationToken aborted)
    {
        private readonly byte[] _buffer = new byte[1 << 20];

        /// <summary>The update that the device began with.</summary>
        public string? Settings { get; set; }

        public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json));

        public async Task SendAsync(ReadOnlyMemory<byte> utf8) =>
            await socket.SendAsync(utf8, WebSocketMessageType.Text, true, aborted);

        /// <summary>The next message as text; null when the device closed.</summary>
        public async Task<string?> NextAsync()
        {
            var length = 0;
            while (true)
            {
                var result = await socket.ReceiveAsync(_buffer.AsMemory(length), aborted);
                if (result.MessageType == WebSocketMessageType.Close) return null;
                length += result.Count;
                if (!result.EndOfMessage) continue;
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }

        /// <summary>Reads until an event of one of these types has come.</summary>
        public async Task<string> UntilAsync(params string[] types)
        {
            while (await NextAsync() is { } text)
                if (types.Any(type => text.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal))) return text;
            throw new IOException($"the device closed before {string.Join(" or ", types)}");
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
