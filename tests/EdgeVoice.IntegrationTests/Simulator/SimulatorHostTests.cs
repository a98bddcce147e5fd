using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

public sealed class SimulatorHostTests
{
    [Fact]
    public async Task Run_UntilCancelled_SaysFirstWhereItListens()
    {
        using var stop = new CancellationTokenSource();
        var output = new LineWriter();
        using var error = new StringWriter();
        var running = SimulatorHost.RunAsync(new SimulatorOptions(), output, error, stop.Token);
        var line = await output.First.WaitAsync(WireClient.Soon);
        Assert.Matches(@"^listening on ws://127\.0\.0\.1:\d+/v1/realtime$", line);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task Run_WithATakenPort_ExitsThreeWithOneLine()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        using var error = new StringWriter();
        var code = await SimulatorHost.RunAsync(new SimulatorOptions { Port = server.Url.Port }, TextWriter.Null, error, WireClient.Soon);
        Assert.Equal(3, code);
        Assert.Matches($@"^simulator: cannot listen on 127\.0\.0\.1:{server.Url.Port}: .*--listen\.\r?\n$", error.ToString());
    }

    [Fact]
    public async Task Run_WithAnOutputThatTakesNothing_ServesAllTheSame()
    {
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter();
        await using var output = new FullWriter();
        var running = SimulatorHost.RunAsync(new SimulatorOptions(), output, error, stop.Token);
        await output.Tried.WaitAsync(WireClient.Soon);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public async Task Run_WithABadCertificate_ExitsTwoWithOneLine()
    {
        var bad = Path.GetTempFileName();
        using var error = new StringWriter();
        var code = await SimulatorHost.RunAsync(new SimulatorOptions { TlsCertificatePath = bad, TlsKeyPath = bad }, TextWriter.Null, error, WireClient.Soon);
        File.Delete(bad);
        Assert.Equal(2, code);
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.Contains(bad, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_WithAPemPair_Serves()
    {
        var folder = Directory.CreateTempSubdirectory();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var (cert, pem) = (Path.Combine(folder.FullName, "c.pem"), Path.Combine(folder.FullName, "k.pem"));
        await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(pem, key.ExportPkcs8PrivateKeyPem());
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { TlsCertificatePath = cert, TlsKeyPath = pem });
        Assert.Equal("wss", server.Url.Scheme);
        await using var client = await WireClient.ConnectAsync(server, configure: options => options.RemoteCertificateValidationCallback = (_, remote, _, _) =>
            remote!.GetCertHashString() == certificate.GetCertHashString());
        await client.UntilAsync("session.created");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Dispose_WithOpenSessions_ClosesThemAndEnds()
    {
        var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.ConnectAsync(server);
        await client.UntilAsync("session.created");
        var disposing = server.DisposeAsync().AsTask();
        await client.UntilClosedAsync();
        Assert.Equal(1001, client.CloseCode);
        await disposing.WaitAsync(WireClient.Soon);
        Assert.True(server.Sessions[0].Ended);
    }

    private sealed class FullWriter : StringWriter
    {
        private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Tried => _tried.Task;

        public override void WriteLine(string? value)
        {
            _tried.TrySetResult();
            throw new IOException("No space left on device");
        }
    }

    private sealed class LineWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<string> First => _first.Task;

        public override void WriteLine(string? value) => _first.TrySetResult(value ?? "");
    }
}
