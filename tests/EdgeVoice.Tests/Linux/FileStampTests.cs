using EdgeVoice.Linux.Files;
using EdgeVoice.Tests.Configuration;

namespace EdgeVoice.Tests.Linux;

public sealed class FileStampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_AFile_IsWhatTheRuntimeSaysOfIt()
    {
        var path = _folder.Write("é", "12345");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddTicks(12_345_678_901));
        File.CreateSymbolicLink(_folder["link"], path);
        var stamp = FileStamp.Of(FileStamp.PathBytes(_folder["link"]));
        Assert.Equal((true, 5UL, 1_234_567_890_100), (stamp.Exists, stamp.Size, stamp.Modified));
        Assert.NotEqual(0UL, stamp.Inode);
    }

    [Fact]
    public void Of_ReplacedByAnEqualFile_Differs()
    {
        var path = _folder.Write("a", "1");
        var before = FileStamp.Of(FileStamp.PathBytes(path));
        File.SetLastWriteTimeUtc(_folder.Write("b", "2"), File.GetLastWriteTimeUtc(path));
        File.Move(_folder["b"], path, overwrite: true);
        Assert.NotEqual(before, FileStamp.Of(FileStamp.PathBytes(path)));
    }

    [Fact]
    public void Of_Nothing_DoesNotExist() => Assert.Equal(default, FileStamp.Of(FileStamp.PathBytes(_folder["none"])));

    [Fact]
    public void Of_PathWithoutItsEnd_Throws() => Assert.Throws<ArgumentException>(() => FileStamp.Of("/etc"u8.ToArray()));

    [Fact]
    public void Of_AThousandTimes_AllocatesNothing()
    {
        var path = FileStamp.PathBytes(_folder.Write("a", "1"));
        FileStamp.Of(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) FileStamp.Of(path);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
