using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVoice.Core.Realtime.Transport;

/// <summary>Judges a server's certificate by additional authorities.</summary>
/// <remarks>For one attempt to connect: <see cref="IsUntimely"/> is read when it has failed.</remarks>
internal sealed class TrustAnchors(X509Certificate2Collection anchors)
{
    // Object identifier of the extended key usage "TLS server" (RFC 5280, 4.2.1.12).
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The certificate was refused for being too old or from the future.</summary>
    public bool IsUntimely { get; private set; }

    /// <summary>True when the certificate is trusted, by the system or by the additional authorities.</summary>
    public bool Trust(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null) return false;
        using var custom = new X509Chain();
        custom.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        custom.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        custom.ChainPolicy.CustomTrustStore.AddRange(anchors);
        custom.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in chain.ChainElements) custom.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = new X509Certificate2(certificate);
        if (custom.Build(leaf)) return true;
        IsUntimely = custom.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid);
        return false;
    }
}
