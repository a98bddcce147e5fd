using System.Runtime.Versioning;
using System.Text;
using EdgeVoice.Service;
using EdgeVoice.Tests.Configuration;

namespace EdgeVoice.Tests.Service;

[UnsupportedOSPlatform("windows")]
public sealed class LastGoodTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("{\n  \"version\": 1 // é\n}\n");
    private readonly TemporaryFolder _folder = new();

    private LastGood Copy => new(_folder["state"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_Bytes_AreLoadedAgain_AndTheirOwnersAlone()
    {
        Assert.Null(Copy.Save(Bytes));
        Assert.Equal(Bytes, Copy.Load(mustBeVerified: false, out var problem));
        Assert.Null(problem);
        Assert.Equal(Owner, File.GetUnixFileMode(Copy.FilePath));
        Assert.Equal([Copy.FilePath], Directory.GetFiles(_folder["state"]));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["state"]));
    }

    [Fact]
    public void Save_OverAHalfWrittenFileAndALink_ReplacesBoth()
    {
        var elsewhere = _folder.Write("elsewhere", "untouched");
        Directory.CreateDirectory(_folder["state"]);
        File.CreateSymbolicLink(Copy.FilePath + ".next", elsewhere);
        File.CreateSymbolicLink(Copy.FilePath, elsewhere);
        Assert.Null(Copy.Save(Bytes));
        Assert.Equal(Bytes, Copy.Load(mustBeVerified: false, out _));
        Assert.Equal("untouched", File.ReadAllText(elsewhere));
        Assert.Null(new FileInfo(Copy.FilePath).LinkTarget);
    }

    [Fact]
    public void Save_TheSameAgain_WritesNothing()
    {
        Copy.Save(Bytes);
        File.SetLastWriteTimeUtc(Copy.FilePath, DateTime.UnixEpoch);
        Copy.Save(Bytes);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Copy.FilePath));
        Copy.Save(Bytes, isVerified: true);
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Copy.FilePath));
    }

    [Fact]
    public void Load_NothingKept_IsNoProblem()
    {
        Assert.Null(Copy.Load(mustBeVerified: false, out var problem));
        Assert.Null(problem);
    }

    [Fact]
    public void Load_AnyByteChangedOrMissing_IsDamaged()
    {
        Copy.Save(Bytes);
        var whole = File.ReadAllBytes(Copy.FilePath);
        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(Copy.FilePath, changed);
            Assert.Null(Copy.Load(mustBeVerified: false, out var problem));
            Assert.Equal($"{Copy.FilePath}: is damaged and not used", problem);
            File.WriteAllBytes(Copy.FilePath, whole[..at]);
            Assert.Null(Copy.Load(mustBeVerified: false, out problem));
            Assert.NotNull(problem);
        }
    }

    [Fact]
    public void Load_KeptWithoutASignature_IsNotUsedWhereOneIsAsked()
    {
        Copy.Save(Bytes);
        Assert.Null(Copy.Load(mustBeVerified: true, out var problem));
        Assert.EndsWith("was kept before signatures were asked for and is not used", problem, StringComparison.Ordinal);
        Copy.Save(Bytes, isVerified: true);
        Assert.Equal(Bytes, Copy.Load(mustBeVerified: true, out _));
        Assert.Equal(Bytes, Copy.Load(mustBeVerified: false, out _));
    }

    [Fact]
    public void Save_WhereItCannotBe_IsOneLine()
    {
        _folder.Write("state", "a file in its place");
        var problem = Copy.Save(Bytes);
        Assert.StartsWith($"{Copy.FilePath}: the last good configuration cannot be kept for the next start: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }
}
