using EdgeVoice.Core.Configuration;
using EdgeVoice.Tests.Architecture;

namespace EdgeVoice.Tests.Configuration;

/// <summary>The reader against damaged copies of real files: nothing is thrown, errors are few and on one line each.</summary>
public sealed class ConfigurationFuzzTests
{
    private const int Rounds = 1_500;
    private static readonly string[] Tokens =
        ["null", "true", "-1", "1e999", "\"\"", "\"\\ud800\"", "{}", "[]", "[[", "{\"a\":", ",", ":", "\"", "//", "/*", "\u0000", "99999999999999999999", "\"group\":\"x\",", "\"*\":"];

    public static TheoryData<int> Seeds() => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Parse_DamagedFile_IsTakenOrRefusedInOrder(int seed)
    {
        var random = new Random(seed);
        var taken = 0;
        var request = new ConfigurationRequest("pi-kitchen-01", true, new Dictionary<string, string>());
        byte[][] originals = [.. new[] { Example(), ConfigurationSamples.EveryKey }.Select(System.Text.Encoding.UTF8.GetBytes)];
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = Damage(originals[i % originals.Length], random);
            var result = ConfigurationReader.Parse("f.json", bytes, request);

            if (result.Options is not null) taken++;
            Assert.NotEqual(result.Options is null, result.Errors.Count == 0);
            Assert.InRange(result.Errors.Count, 0, 101);
            Assert.All(result.Errors, line => Assert.True(line.StartsWith("f.json:", StringComparison.Ordinal) && line.Length < 1_000 && !line.Any(char.IsControl), line));
        }

        // Neither all nor nothing: the damage is worth something.
        Assert.InRange(taken, Rounds / 50, Rounds * 9 / 10);
    }

    private static string Example() => Repository.Files.Single(file => file.Path == "systemd/edgevoice.example.json").Text;

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var count = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(7)); break;
                case 2: bytes.RemoveRange(at, count); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - count + 1), count)); break;
                case 4: bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
                default: bytes[at] = (byte)"0123456789abcABC\"{}[],: "[random.Next(24)]; break;
            }
        }

        return [.. bytes];
    }
}
