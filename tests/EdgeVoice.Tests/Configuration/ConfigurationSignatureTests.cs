using System.Security.Cryptography;
using System.Text;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class ConfigurationSignatureTests
{
    // Made by OpenSSL 3: ecparam -name prime256v1 -genkey, ec -pubout, dgst -sha256 -sign.
    private const string PublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEIe+wRU+S2og3CY1SjKP8f1/LHj55
        z5qs1fzJneWo0/dCysNiP2tsrx01mI+yvT/7k+RX4abBIC5djA0WWLtjRQ==
        -----END PUBLIC KEY-----
        """;

    private const string Signature = "MEUCIAzfATzZf2glEDCmzOy+tlxvJTvBTm7KAVQlSU/LORZkAiEAsKhAdOtTw4z7YH2BzzaPmHnlVsWfxCUf+CvySFdEKrM=";
    private static readonly byte[] Signed = "{ \"version\": 1 }\n"u8.ToArray();

    [Fact]
    public void Verify_WhatOpenSslSigned_IsTaken()
    {
        var key = ConfigurationSignature.FromPem(PublicKey);
        Assert.Null(key.Verify(Signed, Convert.FromBase64String(Signature)));
        Assert.Null(key.Verify(Signed, Encoding.ASCII.GetBytes(Signature + "\n")));
        Assert.Null(key.Verify(Signed, Encoding.ASCII.GetBytes(Signature.Insert(64, "\n"))));
    }

    [Fact]
    public void Verify_AnyOtherByte_IsRefused()
    {
        var key = ConfigurationSignature.FromPem(PublicKey);
        var signature = Convert.FromBase64String(Signature);
        for (var i = 0; i < Signed.Length; i++) Assert.NotNull(key.Verify(Changed(Signed, i), signature));
        for (var i = 0; i < signature.Length; i++) Assert.NotNull(key.Verify(Signed, Changed(signature, i)));
        for (var length = 0; length < signature.Length; length++) Assert.NotNull(key.Verify(Signed, signature.AsSpan(0, length)));
        Assert.NotNull(key.Verify([.. Signed, (byte)' '], signature));
        Assert.NotNull(key.Verify(Signed, [.. signature, 0]));
    }

    [Theory]
    [InlineData("", "is no signature")]
    [InlineData("hello", "is no signature")]
    [InlineData("aGVsbG8=", "is no signature")]
    [InlineData("MA==", "is not this device's key's signature")]
    [InlineData("0\u0001\u0002", "is not this device's key's signature")]
    public void Verify_NoSignature_IsOneLine(string signature, string reason)
    {
        var problem = ConfigurationSignature.FromPem(PublicKey).Verify(Signed, Encoding.Latin1.GetBytes(signature));
        Assert.StartsWith(reason, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_RandomBytes_NeverThrows()
    {
        var random = new Random(7);
        var key = ConfigurationSignature.FromPem(PublicKey);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && i % 2 == 0) bytes[0] = 0x30;
            Assert.NotNull(key.Verify(Signed, bytes));
        }
    }

    [Fact]
    public void FromPem_KeysOfAnotherKind_SayWhatTheyAre()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(1024);
        Refuses("", "holds no PEM");
        Refuses("ssh-ed25519 AAAA me@home", "holds no PEM");
        Refuses(p256.ExportECPrivateKeyPem(), "holds a private key");
        Refuses(p256.ExportPkcs8PrivateKeyPem(), "holds a private key");
        Refuses(p256.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), "holds a private key");
        Refuses(p384.ExportSubjectPublicKeyInfoPem(), "is a key of another curve");
        Refuses(rsa.ExportSubjectPublicKeyInfoPem(), "is no elliptic curve key");
        Refuses(PublicKey + "\n" + PublicKey, "holds more than one key");
        Refuses("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "is no elliptic curve key");
        Refuses("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "holds a certificate");
        Refuses("-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----", "holds PEM of another kind (EC PARAMETERS)");
    }

    [Fact]
    public void Find_NoKeyOnTheDevice_NothingNeedBeSigned()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(ConfigurationSignature.Find(folder["edgevoice.json"], _ => null, folder["none.pub"]));
        Assert.Null(ConfigurationSignature.Find(folder["edgevoice.json"], _ => "", folder["none.pub"]));
    }

    [Fact]
    public void Find_KeyAndSignature_AreReadAnewEachTime()
    {
        using var folder = new TemporaryFolder();
        var key = Key(folder);
        var check = ConfigurationSignature.Find(folder["edgevoice.json"], _ => null, key)!;
        Assert.StartsWith($"signature {folder["edgevoice.json.sig"]}: no such file", check(Signed), StringComparison.Ordinal);
        folder.Write("edgevoice.json.sig", Convert.FromBase64String(Signature));
        Assert.Null(check(Signed));
        Assert.StartsWith($"signature {folder["edgevoice.json.sig"]}: is not this", check("{}"u8.ToArray()), StringComparison.Ordinal);
        File.Delete(key);
        Assert.StartsWith($"public key {key}: no such file", check(Signed), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_VariableCountsFirst_EvenWhereItsFileIsMissing()
    {
        using var folder = new TemporaryFolder();
        var key = Key(folder);
        folder.Write("edgevoice.json.sig", Signature);
        var check = ConfigurationSignature.Find(folder["edgevoice.json"], name => name == "EDGEVOICE_CONFIG_KEY" ? folder["typo.pub"] : null, key)!;
        Assert.StartsWith($"public key {folder["typo.pub"]}: no such file", check(Signed), StringComparison.Ordinal);
        Assert.Null(ConfigurationSignature.Find(folder["edgevoice.json"], _ => key, folder["none"])!(Signed));
    }

    [Fact]
    public void Find_FilesOfEveryKind_AreOneLine()
    {
        using var folder = new TemporaryFolder();
        var key = Key(folder);
        var check = ConfigurationSignature.Find(folder["edgevoice.json"], _ => key)!;
        Directory.CreateDirectory(folder["edgevoice.json.sig"]);
        Assert.Contains("is a directory", check(Signed), StringComparison.Ordinal);
        Directory.Delete(folder["edgevoice.json.sig"]);
        folder.Write("edgevoice.json.sig", new byte[5_000]);
        Assert.Contains("is larger than 4 KiB", check(Signed), StringComparison.Ordinal);
        folder.Write("edgevoice.json.sig", Signature);
        folder.Write("device.pub", "rubbish");
        Assert.StartsWith($"public key {key}: holds no PEM", check(Signed), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_KeyThatOthersMayWrite_IsRefused()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();
        var key = Key(folder);
        folder.Write("edgevoice.json.sig", Signature);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Contains("may be written by others", ConfigurationSignature.Find(folder["edgevoice.json"], _ => key)!(Signed), StringComparison.Ordinal);
    }

    private static string Key(TemporaryFolder folder)
    {
        var path = folder.Write("device.pub", PublicKey);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }

    private static void Refuses(string pem, string reason)
    {
        var e = Assert.Throws<FormatException>(() => ConfigurationSignature.FromPem(pem));
        Assert.StartsWith(reason, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
