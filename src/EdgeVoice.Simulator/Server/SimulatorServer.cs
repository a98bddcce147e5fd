using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeVoice.Simulator.Server;

/// <summary>
/// A stand-in Realtime server on a real socket. It has no intelligence: it answers from a script or repeats what it heard, and judges
/// its client by the published protocol.
/// </summary>
/// <remarks>Any thread. Disposing closes every session (1001), then ends what did not close; nothing runs afterwards.</remarks>
public sealed class SimulatorServer : IAsyncDisposable
{
    private const int MaxSessions = 10_000;

    private readonly WebApplication _app;
    private readonly SimulatorOptions _options;
    private readonly FaultPlan _faults = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<SimulatedSession> _sessions = [];
    private readonly Random _random;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    private SimulatorServer(WebApplication app, SimulatorOptions options)
    {
        (_app, _options) = (app, options);
        _random = new Random(options.Seed);
        foreach (var fault in options.Faults)
            _faults.Arm(fault);
    }

    /// <summary>Where clients connect: <c>ws://127.0.0.1:PORT/v1/realtime</c>, or <c>wss</c> with a certificate.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Every session since the start, oldest first, ended ones included (the newest 10,000).</summary>
    public IReadOnlyList<SimulatedSession> Sessions
    {
        get
        {
            lock (_gate)
                return [.. _sessions];
        }
    }

    /// <summary>Starts listening.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not above 0.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="CryptographicException">The certificate or its key cannot be used.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Speed > 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.Speed, "Speed must be above 0.");
        var certificate = LoadCertificate(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        SimulatorServer server = null!;
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port, listen => Configure(listen, certificate, () => server._faults));
        });
        var app = builder.Build();
        server = new SimulatorServer(app, options);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(server.ServeAsync);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        server.Url = server.FindUrl(certificate is not null);
        return server;
    }

    /// <summary>Arms a fault; it strikes at the next places it fits.</summary>
    /// <param name="count">How often, 1 or more.</param>
    /// <param name="mode">What goes wrong.</param>
    /// <param name="detail">The mode's number, see <see cref="FaultMode"/>; 0 takes its default.</param>
    public void FailNext(int count, FaultMode mode, int detail = 0) => _faults.Arm(new Fault(mode, count, detail));

    /// <summary>Strikes every open session at once, wherever it is.</summary>
    /// <param name="mode">One that can strike at any moment: drop, close, expire, error, half-open, stall-reading, garbage-frame or a strange message.</param>
    /// <param name="detail">The mode's number, see <see cref="FaultMode"/>; 0 takes its default.</param>
    /// <returns>How many sessions were struck; 0 where the mode strikes only at its own place.</returns>
    public int Strike(FaultMode mode, int detail = 0)
    {
        var number = new Fault(mode, 1, detail).EffectiveDetail;
        return Sessions.Count(session => !session.Ended && session.Striker?.Invoke(mode, number) == true);
    }

    /// <summary>Armed faults that have not struck yet, each counted as often as it will.</summary>
    public int PendingFaults => _faults.Pending;

    /// <summary>Takes back every fault that has not struck yet.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Waits for the n-th session since the start.</summary>
    /// <param name="index">Its index, from 0.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<SimulatedSession> WaitForSessionAsync(int index, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (index < _sessions.Count)
                    return _sessions[index];
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        await _stopping.CancelAsync();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static X509Certificate2? LoadCertificate(SimulatorOptions options)
    {
        if (options.TlsCertificatePath is null && options.TlsKeyPath is null)
            return null;
        if (options.TlsCertificatePath is null || options.TlsKeyPath is null)
            throw new CryptographicException("TLS needs both a certificate and its key.");
        using var pem = X509Certificate2.CreateFromPemFile(options.TlsCertificatePath, options.TlsKeyPath);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static void Configure(ListenOptions listen, X509Certificate2? certificate, Func<FaultPlan> faults)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => Meet(connection, next, faults()));
        if (certificate is not null)
            listen.UseHttps(certificate);
        listen.Use(next => connection =>
        {
            TransportGate.Under(connection);
            return next(connection);
        });
    }

    /// <summary>What may happen to a connection before any HTTP is spoken.</summary>
    private static async Task Meet(ConnectionContext connection, ConnectionDelegate next, FaultPlan faults)
    {
        if (faults.TryTake(FaultMode.Refuse))
        {
            connection.Abort();
            return;
        }
        if (!faults.TryTake(FaultMode.Garbage))
        {
            await next(connection);
            return;
        }
        // Not before the client has asked: an answer to nothing is another fault.
        await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
        await connection.Transport.Output.WriteAsync("\u0016\u0003 220 mail.example ESMTP\r\n\0\u0001garbage\r\n\r\n"u8.ToArray());
    }

    private Uri FindUrl(bool tls)
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var bound = new Uri(address);
        var host = _options.Address.Equals(IPAddress.Any) ? "127.0.0.1" : _options.Address.Equals(IPAddress.IPv6Any) ? "[::1]" : bound.Host;
        return new Uri($"{(tls ? "wss" : "ws")}://{host}:{bound.Port}/v1/realtime");
    }

    private Task ServeAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        int seed;
        lock (_gate)
            seed = _random.Next();
        var connection = new ServedConnection(context, _options, _faults, seed, _stopping.Token);
        return connection.RunAsync(Register);
    }

    private void Register(SimulatedSession session)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            if (_sessions.Count == MaxSessions)
                _sessions.RemoveAt(0);
            _sessions.Add(session);
            signal = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        signal.TrySetResult();
    }

    /// <summary>The verb owns the signals; the host must not.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
