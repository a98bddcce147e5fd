using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public class G711Tests
{
    // SHA-256 of what sox 14.4.2 makes of all 65,536 samples in ascending order, and of codes 0 to 255.
    private const string MuLawEncoded = "cd03795221187036041e2c68724ebbcc497e1844823ff4ab4ac6e61bc5948fb3";
    private const string MuLawDecoded = "3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827";
    private const string ALawEncoded = "9ad77510792fe7c8192acff6bf30d3fe660e5644727b703881516fa61dbabdeb";
    private const string ALawDecoded = "e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174";

    private static readonly short[] EverySample = [.. Enumerable.Range(short.MinValue, 65_536).Select(s => (short)s)];
    private static readonly byte[] EveryCode = [.. Enumerable.Range(0, 256).Select(c => (byte)c)];

    [Fact]
    public void Encode_EverySample_IsWhatSoxMakes()
    {
        var codes = new byte[EverySample.Length];
        G711.EncodeMuLaw(EverySample, codes);
        Assert.Equal(MuLawEncoded, Hash(codes));
        G711.EncodeALaw(EverySample, codes);
        Assert.Equal(ALawEncoded, Hash(codes));
    }

    [Fact]
    public void Decode_EveryCode_IsWhatSoxMakes()
    {
        var samples = new short[256];
        G711.DecodeMuLaw(EveryCode, samples);
        Assert.Equal(MuLawDecoded, Hash(MemoryMarshal.AsBytes<short>(samples)));
        G711.DecodeALaw(EveryCode, samples);
        Assert.Equal(ALawDecoded, Hash(MemoryMarshal.AsBytes<short>(samples)));
    }

    [NeedsPackageTheory("/usr/bin/sox", "sox")]
    [InlineData("u-law", MuLawEncoded, MuLawDecoded)]
    [InlineData("a-law", ALawEncoded, ALawDecoded)]
    public void Hashes_WhereSoxIsInstalled_AreItsOwn(string law, string encoded, string decoded)
    {
        // Without sox the two tests above still hold the figures; this one holds the hashes to their source.
        string[] linear = ["-t", "raw", "-r", "8000", "-c", "1", "-e", "signed", "-b", "16", "-"];
        string[] coded = ["-t", "raw", "-r", "8000", "-c", "1", "-e", law, "-b", "8", "-"];
        Assert.Equal(encoded, Hash(Sox([.. linear, .. coded], MemoryMarshal.AsBytes<short>(EverySample).ToArray())));
        Assert.Equal(decoded, Hash(Sox([.. coded, .. linear], EveryCode)));
    }

    [Fact]
    public void Encode_DestinationTooShort_Throws()
    {
        Assert.Throws<ArgumentException>(() => G711.EncodeMuLaw(new short[2], new byte[1]));
        Assert.Throws<ArgumentException>(() => G711.DecodeALaw(new byte[2], new short[1]));
    }

    private static byte[] Sox(string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo("/usr/bin/sox", ["-V1", "-D", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        // sox writes while it reads: both at once, or both wait for ever.
        var feeder = new Thread(() =>
        {
            using var to = process.StandardInput.BaseStream;
            to.Write(input);
        });
        feeder.Start();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        feeder.Join();
        process.WaitForExit();
        return output.ToArray();
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
