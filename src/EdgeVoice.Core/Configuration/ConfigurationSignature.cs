using System.Buffers.Text;
using System.Security.Cryptography;

namespace EdgeVoice.Core.Configuration;

/// <summary>
/// Checks that a configuration was signed with the key whose public half is on the device: ECDSA on P-256 with SHA-256, as
/// <c>openssl dgst -sha256 -sign key.pem -out edgevoice.json.sig edgevoice.json</c> makes it. Ed25519 is no public part of .NET 10.
/// </summary>
/// <remarks>Immutable: any thread may use it.</remarks>
public sealed partial class ConfigurationSignature
{
    private const string Curve = "1.2.840.10045.3.1.7";
    private const byte DerSequence = 0x30;
    private readonly byte[] _publicKey;

    private ConfigurationSignature(byte[] publicKey) => _publicKey = publicKey;

    /// <summary>The check for one public key in PEM, as <c>openssl ec -in key.pem -pubout</c> writes it.</summary>
    /// <exception cref="FormatException">It is none; the message is one line that says what it is and what to do.</exception>
    public static ConfigurationSignature FromPem(string publicKeyPem)
    {
        ArgumentNullException.ThrowIfNull(publicKeyPem);
        if (!PemEncoding.TryFind(publicKeyPem, out var fields))
            throw new FormatException("holds no PEM; write the public key there with \"openssl ec -in key.pem -pubout\"");
        if (ReasonAgainst(publicKeyPem[fields.Label], publicKeyPem[fields.Location.End..]) is { } reason)
            throw new FormatException(reason);
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(publicKeyPem.AsSpan(fields.Location));
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != Curve)
                throw new FormatException("is a key of another curve than P-256 (prime256v1); make one with \"openssl ecparam -name prime256v1 -genkey\"");
            return new ConfigurationSignature(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            throw new FormatException("is no elliptic curve key; make one with \"openssl ecparam -name prime256v1 -genkey\"", e);
        }
    }

    /// <summary>
    /// Null where <paramref name="signature"/>, DER or its base64 text, is the key's over exactly these bytes of
    /// <paramref name="configuration"/>; else why not and what to do, one line.
    /// </summary>
    public string? Verify(ReadOnlySpan<byte> configuration, ReadOnlySpan<byte> signature)
    {
        if (Decode(signature) is not { } der)
            return "is no signature (DER or base64 is meant); sign with \"openssl dgst -sha256 -sign\"";
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(_publicKey, out _);
            if (key.VerifyData(configuration, der, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) return null;
        }
        catch (CryptographicException)
        {
            // As good as false: bytes that are no signature.
        }

        return "is not this device's key's signature of this configuration; sign the file as it is now, with the key that belongs to the device's public one";
    }

    private static string? ReasonAgainst(string label, string rest) =>
        label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
            ? "holds a private key, which belongs to whoever signs; write the public one there with \"openssl ec -in key.pem -pubout\""
        : label == "CERTIFICATE" ? "holds a certificate; write its key there with \"openssl x509 -pubkey -noout -in FILE\""
        : label != "PUBLIC KEY" ? $"holds PEM of another kind ({ValueText.Escape(label, 30)}); a PUBLIC KEY is meant"
        : PemEncoding.TryFind(rest, out _) ? "holds more than one key; one is meant"
        : null;

    // Base64 of DER begins with M, DER with a sequence: they cannot be taken for each other.
    private static byte[]? Decode(ReadOnlySpan<byte> signature)
    {
        if (signature.IsEmpty) return null;
        if (signature[0] == DerSequence) return signature.ToArray();
        var der = new byte[Base64.GetMaxDecodedFromUtf8Length(signature.Length)];
        return Base64.IsValid(signature)
            && Base64.DecodeFromUtf8(signature, der, out _, out var written) == System.Buffers.OperationStatus.Done
            && written > 0 && der[0] == DerSequence ? der[..written] : null;
    }
}
