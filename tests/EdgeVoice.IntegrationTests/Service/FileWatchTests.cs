using System.Diagnostics;
using EdgeVoice.Benchmarks.Watch;
using EdgeVoice.Linux.Files;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>The watch alone, with looks so rare that only what the kernel tells counts, unless a test says otherwise.</summary>
public sealed class FileWatchTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _root = Directory.CreateTempSubdirectory("ev-file-").FullName;
    private readonly SemaphoreSlim _calls = new(0);

    public static TheoryData<string> Styles => [.. ReplacedFile.Styles];

    private string FilePath => Path.Combine(_root, "c.json");

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        _calls.Dispose();
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Replaced_WhatIsThereNow_IsWatchedInItsPlace(string style)
    {
        var file = new ReplacedFile(_root, style, [1], TimeSpan.FromMilliseconds(5));
        using var watch = new FileWatch([file.FilePath], () => _calls.Release(), Never);
        for (byte i = 0; i < 3; i++)
        {
            file.Replace([i]);
            await ToldSoonAsync();
            await QuietAsync();
            // Written in place, the old one is another file; renamed over, the old directory is another directory.
            await File.AppendAllTextAsync(file.FilePath, "more");
            await ToldSoonAsync();
            await QuietAsync();
            var place = Path.GetDirectoryName(new FileInfo(file.FilePath).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FilePath)!;
            await File.WriteAllTextAsync(Path.Combine(place, "next"), "renamed");
            File.Move(Path.Combine(place, "next"), Path.Combine(place, Path.GetFileName(file.FilePath)), overwrite: true);
            await ToldSoonAsync();
            await QuietAsync();
        }
    }

    [Fact]
    public async Task WrittenThroughAnotherName_IsTold()
    {
        await File.WriteAllTextAsync(FilePath, "1");
        Directory.CreateDirectory(Path.Combine(_root, "other"));
        var other = Path.Combine(_root, "other", "name");
        using (var link = Process.Start("ln", [FilePath, other])) await link.WaitForExitAsync();
        using var watch = Watch(Never);
        await File.WriteAllTextAsync(other, "2");
        await ToldSoonAsync();
    }

    [Fact]
    public async Task OtherFilesBesideIt_AreNotTold()
    {
        await File.WriteAllTextAsync(FilePath, "1");
        using var watch = Watch(Never);
        for (var i = 0; i < 100; i++) await File.WriteAllTextAsync(Path.Combine(_root, $"other{i}"), "x");
        await File.WriteAllTextAsync(FilePath, "2");
        await ToldAsync();
        await Task.Delay(50);
        // Made empty, written, closed: no more than the file's own events.
        Assert.InRange(_calls.CurrentCount, 0, 3);
    }

    [Fact]
    public async Task ReadableAgain_IsTold()
    {
        await File.WriteAllTextAsync(FilePath, "1");
        using var watch = Watch(Never);
        using (var chmod = Process.Start("chmod", ["600", FilePath])) await chmod.WaitForExitAsync();
        await ToldAsync();
    }

    [Fact]
    public async Task OneOfSeveral_IsTold()
    {
        var second = Path.Combine(_root, "second", "c.sig");
        using var watch = new FileWatch([FilePath, second], () => _calls.Release(), Never);
        Assert.True(watch.IsHearing);
        Directory.CreateDirectory(Path.GetDirectoryName(second)!);
        await ToldAsync();
        await QuietAsync();
        await File.WriteAllTextAsync(second, "1");
        await ToldAsync();
        await File.WriteAllTextAsync(FilePath, "1");
        await ToldAsync();
    }

    [Fact]
    public async Task MoreEventsThanTheKernelKeeps_TheLastChangeIsTold()
    {
        await File.WriteAllTextAsync(FilePath, "1");
        using var held = new SemaphoreSlim(0);
        using var watch = new FileWatch([FilePath], () =>
        {
            held.Wait(Patience);
            _calls.Release();
        }, Never);
        await File.WriteAllTextAsync(FilePath, "2");
        // The thread is held in its callback; 16,384 events fill the queue.
        for (var i = 0; i < 9_000; i++)
        {
            File.Delete(FilePath);
            await File.WriteAllTextAsync(FilePath, "3");
        }

        held.Release(20_000);
        await ToldAsync();
        await QuietAsync();
        await File.WriteAllTextAsync(FilePath, "4");
        await ToldAsync();
    }

    [Fact]
    public async Task LooksAlone_FindAChangeOfTheSameSize()
    {
        await File.WriteAllTextAsync(FilePath, "1");
        using var watch = new FileWatch([FilePath], () => _calls.Release(), TimeSpan.FromMilliseconds(20), useEvents: false);
        Assert.False(watch.IsHearing);
        await Task.Delay(60);
        Assert.Equal(0, _calls.CurrentCount);
        await File.WriteAllTextAsync(FilePath, "2");
        await ToldAsync();
    }

    [Fact]
    public async Task Dispose_Twice_EndsIt()
    {
        var watch = Watch(TimeSpan.FromMilliseconds(1));
        watch.Dispose();
        watch.Dispose();
        await File.WriteAllTextAsync(FilePath, "1");
        await Task.Delay(50);
        Assert.Equal(0, _calls.CurrentCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public void Interval_OutOfRange_Throws(int ms) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Watch(TimeSpan.FromMilliseconds(ms)));

    private FileWatch Watch(TimeSpan interval) => new([FilePath], () => _calls.Release(), interval);

    // Until all that came of the last change has been told.
    private async Task QuietAsync()
    {
        while (await _calls.WaitAsync(100))
        {
        }
    }

    // A signal (the collector's) ends a wait early and makes the watch look: what is told late was not heard.
    private async Task ToldSoonAsync() => Assert.True(await _calls.WaitAsync(2_000));

    private async Task ToldAsync() => Assert.True(await _calls.WaitAsync(Patience));
}
