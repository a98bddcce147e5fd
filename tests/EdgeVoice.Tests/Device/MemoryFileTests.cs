using System.Runtime.Versioning;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Device;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Device;

[UnsupportedOSPlatform("windows")]
public sealed class MemoryFileTests : IDisposable
{
    private static readonly Remembered[] Things =
    [
        new(RememberedKind.Person, "Turn it up."), new(RememberedKind.Call, "{\"percent\":80}", "volume", "{\"change\":10}"), new(RememberedKind.Device, "Done – 80 %."),
    ];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"edgevoice-memory-{Guid.NewGuid():N}");
    private readonly LogLines<MemoryFile> _log = new();

    private string FilePath => Path.Combine(_folder, "conversation.json");

    [Fact]
    public void Saved_IsLoadedByTheNextStart_AndReadableByItsOwnerAlone()
    {
        new MemoryFile(_folder, _log).Save(Things);
        Assert.Equal(Things, new MemoryFile(_folder, _log).Load());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
        Assert.Empty(_log.All);
    }

    [Fact]
    public void SavedAgain_OverAFileThatEverybodyCouldRead_IsItsOwnersAlone()
    {
        var file = new MemoryFile(_folder, _log);
        file.Save([]);
        File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_110_110);
        File.WriteAllText(FilePath + ".next", "left behind");
        File.SetUnixFileMode(FilePath + ".next", (UnixFileMode)0b110_110_110);
        file.Save(Things);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(Things, file.Load());
    }

    [Fact]
    public void NoFileYet_NothingIsRemembered_AndNothingLogged()
    {
        Assert.Empty(new MemoryFile(_folder, _log).Load());
        Assert.Empty(_log.All);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[{\"kind\":\"Person\"")]
    [InlineData("{}")]
    [InlineData("")]
    public void BrokenFile_NothingIsRemembered_AndSaysWhy(string content)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(FilePath, content);
        Assert.Empty(new MemoryFile(_folder, _log).Load());
        Assert.StartsWith("What was said before the start is not remembered: ", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[null, {\"kind\":\"Person\"}, {\"kind\":\"Call\",\"text\":\"x\"}, {\"kind\":7,\"text\":\"x\"}]")]
    public void EntriesThatSayNothing_AreLeftOut(string content)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(FilePath, content);
        Assert.Empty(new MemoryFile(_folder, _log).Load());
    }

    [Fact]
    public void HugeFile_IsNotRead()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllBytes(FilePath, new byte[2 << 20]);
        Assert.Empty(new MemoryFile(_folder, _log).Load());
        Assert.Single(_log.All);
    }

    [Fact]
    public void FolderThatCannotBe_IsLoggedOnce()
    {
        File.WriteAllText(_folder, "a file in its place");
        var file = new MemoryFile(_folder, _log);
        file.Save(Things);
        file.Save(Things);
        Assert.Contains(FilePath, Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writer_WritesTheLastOfSeveralChanges_AfterASecondAndAtTheEnd()
    {
        var time = new ManualTime();
        var file = new MemoryFile(_folder, _log);
        var writer = new MemoryWriter(new Nobody(), file, time);
        using var stop = new CancellationTokenSource();
        var running = writer.RunAsync(stop.Token);
        writer.OnNews(new ConversationNews.MemoryChanged([]));
        Assert.True(await Eventually.IsTrue(() => time.ArmedTimers == 1));
        writer.OnNews(new ConversationNews.MemoryChanged(Things[..1]));
        Assert.False(File.Exists(FilePath));
        time.AdvanceMs(1_000);
        Assert.True(await Eventually.IsTrue(() => File.Exists(FilePath)));
        Assert.Equal(Things[..1], file.Load());
        writer.OnNews(new ConversationNews.MemoryChanged(Things));
        await stop.CancelAsync();
        await running;
        Assert.Equal(Things, file.Load());
    }

    public void Dispose()
    {
        if (File.Exists(_folder)) File.Delete(_folder);
        else if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private sealed class Nobody : IConversationObserver
    {
        public void OnNews(ConversationNews news)
        {
        }
    }
}
