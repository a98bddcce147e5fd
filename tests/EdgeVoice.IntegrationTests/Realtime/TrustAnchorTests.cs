using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Realtime;

/// <summary><c>realtime.caFile</c> against a server whose authority nobody knows.</summary>
public sealed class TrustAnchorTests : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Connect_WithTheAuthority_IsTrusted()
    {
        await using var server = await ServeAsync();
        using var connection = await ConnectAsync(server, In("ca.pem"));
        Assert.NotNull(connection);
    }

    [Theory]
    [InlineData(null, "its certificate is not trusted")]
    [InlineData("other.pem", "its certificate is not trusted")]
    [InlineData("missing.pem", "missing.pem: cannot be read")]
    [InlineData("empty.pem", "empty.pem: holds no certificate")]
    public async Task Connect_WithoutTheAuthority_SaysInOneLineWhatToDo(string? anchor, string said)
    {
        await using var server = await ServeAsync();
        var problem = await Assert.ThrowsAsync<RealtimeConnectException>(() => ConnectAsync(server, anchor is null ? null : In(anchor)));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Contains("realtime.caFile", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    // A certificate that the authority gave to a client must not make a server of it.
    [Fact]
    public async Task Connect_WithACertificateOfAnotherUse_IsRefused()
    {
        await WriteAsync(ClientUse);
        using var pem = X509Certificate2.CreateFromPemFile(In("server.pem"), In("server.key"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = RefusedAsync(listener, pem);
        var url = new Uri($"wss://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/realtime");
        var problem = await Assert.ThrowsAsync<RealtimeConnectException>(() => ConnectAsync(url, In("ca.pem")));
        Assert.Contains("its certificate is not trusted", problem.Message, StringComparison.Ordinal);
        await serving;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<IRealtimeTransport> ConnectAsync(SimulatorServer server, string? anchor) =>
        ConnectAsync(new Uri($"wss://localhost:{server.Url.Port}/v1/realtime?model=m"), anchor);

    private static Task<IRealtimeTransport> ConnectAsync(Uri url, string? anchor) =>
        new WebSocketConnector(TimeProvider.System, () => anchor).ConnectAsync(new TransportEndpoint(url, null), Soon, CancellationToken.None);

    private static async Task RefusedAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            await tls.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // As it should be.
        }
    }

    private async Task<SimulatorServer> ServeAsync()
    {
        await WriteAsync(ServerUse);
        return await SimulatorServer.StartAsync(new SimulatorOptions { TlsCertificatePath = In("server.pem"), TlsKeyPath = In("server.key") });
    }

    private async Task WriteAsync(string use)
    {
        using var authority = Authority("ca.pem");
        using var other = Authority("other.pem");
        await File.WriteAllTextAsync(In("empty.pem"), "nothing here\n");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, [1, 2, 3]);
        await File.WriteAllTextAsync(In("server.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(In("server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private X509Certificate2 Authority(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=authority of {file}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(In(file), certificate.ExportCertificatePem());
        return certificate;
    }

    private string In(string file) => Path.Combine(_folder.FullName, file);
}
