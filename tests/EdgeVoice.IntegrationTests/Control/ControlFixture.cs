using System.Net.Sockets;
using System.Text;
using EdgeVoice.Core.Control;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.IntegrationTests.Control;

/// <summary>A running control server in a folder of its own, and raw clients for it.</summary>
internal sealed class ControlFixture : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("ev-").FullName;

    public FakeTarget Target { get; } = new();

    public LogLines<ControlServer> Log { get; } = new();

    public string Socket => Path.Combine(_folder, "run", "control.sock");

    public ControlServer? Server { get; private set; }

    public static async Task<ControlFixture> StartAsync(ControlLimits? limits = null)
    {
        var fixture = new ControlFixture();
        fixture.Server = fixture.Create(limits);
        Assert.True(await fixture.Server.StartAsync(default), fixture.Server.Problem);
        return fixture;
    }

    public ControlServer Create(ControlLimits? limits = null, params string[] candidates) => new(
        Target, candidates.Length == 0 ? [Socket] : candidates, TimeProvider.System, Log, limits);

    public ControlServer Create(Func<string, string?> admit) => new(Target, [Socket], TimeProvider.System, Log) { Admit = admit };

    public string In(string name) => Path.Combine(_folder, name);

    public Task<ControlAnswer> AskAsync(string verb) => ControlClient.SendAsync(Socket, ControlRequest.Of(verb), Patience);

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        // Blocking: the kernel waits where the queue of new clients is full. Not on the pool, where the server needs the second thread.
        await Task.Factory.StartNew(
            () => socket.Connect(new UnixDomainSocketEndPoint(Socket)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience);
        // Only now: it would end the waiting, too.
        socket.SendTimeout = 1_000;
        return socket;
    }

    /// <summary>Sends bytes, says that no more will come, and reads all that is answered.</summary>
    public async Task<string> ExchangeAsync(byte[] bytes)
    {
        using var socket = await ConnectAsync();
        try
        {
            await socket.SendAsync(bytes).WaitAsync(Patience);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has closed already; what it said is still to be read.
        }

        return await ReadAllAsync(socket);
    }

    public static async Task<string> ReadAllAsync(Socket socket)
    {
        var all = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer).WaitAsync(Patience) is var read and > 0)
                all.Write(buffer, 0, read);
        }
        catch (SocketException)
        {
            // Reset counts as closed.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
