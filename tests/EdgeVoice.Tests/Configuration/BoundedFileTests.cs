using System.Diagnostics;
using System.Text;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class BoundedFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_MissingFile_SaysSo() =>
        AssertOnly(_folder["none.json"], ": no such file (or its directory may not be entered); check the path");

    [Fact]
    public void Read_Directory_SaysSo() => AssertOnly(_folder.Path, ": is a directory; name a file in it");

    [Fact]
    public void Read_EmptyFile_SaysSo() =>
        AssertOnly(_folder.Write("c", ""), ": is empty or not a regular file (a pipe or a device); put the text into a regular file");

    [Fact]
    public void Read_EmptyPath_SaysSo() => Assert.Single(ConfigurationReader.Read(string.Empty).Errors);

    [Fact]
    public void Read_PathWithZero_SaysSo() => Assert.Single(ConfigurationReader.Read("/tmp/a\0b").Errors);

    [Fact]
    public void Read_LinkToItself_SaysSo()
    {
        File.CreateSymbolicLink(_folder["loop"], _folder["loop"]);

        var error = Assert.Single(ConfigurationReader.Read(_folder["loop"]).Errors);

        Assert.StartsWith(_folder["loop"] + ": ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LinkToAFile_IsFollowed()
    {
        _folder.Write("real", ConfigurationSamples.Documented);
        File.CreateSymbolicLink(_folder["data"], "real");
        File.CreateSymbolicLink(_folder["c.json"], "data");

        Assert.Empty(ConfigurationReader.Read(_folder["c.json"]).Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_Fifo_IsRefusedWithoutWaiting(bool throughLink)
    {
        var path = _folder["fifo"];
        using (var mkfifo = Process.Start("mkfifo", path))
            await mkfifo.WaitForExitAsync();
        if (throughLink)
            File.CreateSymbolicLink(path = _folder["link"], _folder["fifo"]);

        var result = await Task.Run(() => ConfigurationReader.Read(path)).WaitAsync(Patience);

        Assert.Contains("a pipe or a device", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_EndlessDevice_IsRefused()
    {
        var result = await Task.Run(() => ConfigurationReader.Read("/dev/zero")).WaitAsync(Patience);

        Assert.Contains("a pipe or a device", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FiftyMegabytes_IsRefusedUnread()
    {
        using (var file = File.Create(_folder["big"]))
            file.SetLength(50 << 20);

        AssertOnly(_folder["big"], ": is larger than 16 MiB");
    }

    [Fact]
    public void Read_ByteOrderMark_SaysSo() =>
        AssertOnly(_folder.Write("c", [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']), ":1:1: starts with a byte order mark; save it as UTF-8 without one");

    [Fact]
    public void Read_Utf16_SaysSo() =>
        AssertOnly(_folder.Write("c", [0xFF, 0xFE, (byte)'{', 0]), ":1:1: is UTF-16; save it as UTF-8 without a byte order mark");

    [Fact]
    public void Read_InvalidUtf8_SaysWhere() =>
        AssertOnly(_folder.Write("c", [.. Encoding.UTF8.GetBytes("{\n  \"ä€"), 0xE9, (byte)'"', (byte)'}']), ":2:6: found byte 0xe9, which is not UTF-8; save the file as UTF-8");

    [Fact]
    public void Read_TenThousandLevels_IsRefused()
    {
        var path = _folder.Write("c", "{\"version\":1,\"devices\":" + string.Concat(Enumerable.Repeat("{\"a\":", 10_000)));

        Assert.Equal($"{path}:1:339: is nested deeper than 64 levels; a configuration needs 6", ConfigurationReader.Read(path).Errors[^1]);
    }

    [Fact]
    public void Read_Garbage_IsOneLine()
    {
        var bytes = new byte[1 << 20];
        new Random(7).NextBytes(bytes);

        Assert.Single(ConfigurationReader.Read(_folder.Write("c", bytes)).Errors);
    }

    [Fact]
    public void Read_EveryPrefixOfAFile_EndsInErrorsAndNeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes(ConfigurationSamples.EveryKey);
        for (var length = 1; length < bytes.Length - 2; length += 7)
            Assert.NotEmpty(ConfigurationReader.Read(_folder.Write("c", bytes[..length]), hasIotPackages: true).Errors);
    }

    [Fact]
    public void Read_RandomlyBrokenFiles_NeverThrowAndStayOnOneLine()
    {
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(ConfigurationSamples.EveryKey);
            for (var hit = random.Next(1, 5); hit > 0; hit--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var result = ConfigurationReader.Read(_folder.Write("c", bytes), hasIotPackages: true);
            Assert.Equal(result.Errors.Count == 0, result.Options is not null);
            Assert.All(result.Errors, line => Assert.DoesNotContain(line, char.IsControl));
        }
    }

    private static void AssertOnly(string path, string expected) => Assert.Equal([path + expected], ConfigurationReader.Read(path).Errors);
}
