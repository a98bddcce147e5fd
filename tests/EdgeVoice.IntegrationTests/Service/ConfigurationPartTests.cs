using System.Globalization;
using EdgeVoice.Benchmarks.Watch;
using EdgeVoice.Service;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>What needs a process of its own: to be measured, to be starved of inotify, to have mounts, to be killed.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigurationPartTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ev-part-").FullName;

    public static TheoryData<string> Styles => [.. ReplacedFile.Styles];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Trait("Time", "long")]
    [Theory]
    [MemberData(nameof(Styles))]
    public async Task AThousandReplacements_TheLastIsInForce_AndNothingPilesUp(string style)
    {
        using var part = ConfigurationPart.Start("storm", _root, style, "1000");
        var figures = await part.NumbersAsync();
        output.WriteLine($"{style}: {figures[1]} taken of 1100, memory {figures[2]:+0;-0} bytes, {figures[3]:+0;-0} open files");
        Assert.Equal(1, figures[0]);
        Assert.InRange(figures[1], 2, 1_100);
        Assert.InRange(figures[2], double.MinValue, 512_000);
        Assert.InRange(figures[3], double.MinValue, 0);
    }

    [Fact]
    public async Task NothingChanges_NothingIsAllocated()
    {
        var path = Path.Combine(_root, "edgevoice.json");
        await File.WriteAllBytesAsync(path, NumberedConfiguration.Bytes(1));
        using var part = ConfigurationPart.Start("idle", path, "1", "3000");
        var figures = await part.NumbersAsync();
        output.WriteLine($"about 3000 looks: {figures[0]} bytes allocated, {figures[1]:0} ms of processor time");
        // What measuring itself takes; one object a look would be seventy times as much.
        Assert.InRange(figures[0], 0, 1_000);
    }

    [Theory]
    [InlineData("max_inotify_instances")]
    [InlineData("max_inotify_watches")]
    public async Task NoInotifyLeft_ChangesAreFoundByLooking(string limit)
    {
        var exhaust = $"echo 0 > /proc/sys/user/{limit}";
        if (!ConfigurationPart.Can($"unshare -Ur sh -c '{exhaust}'")) return;
        var path = Path.Combine(_root, "edgevoice.json");
        await File.WriteAllBytesAsync(path, NumberedConfiguration.Bytes(1));
        using var part = ConfigurationPart.StartBehind("unshare -Ur", exhaust, "follow", path, "100");
        Assert.Equal("1", await part.LineAsync());
        Assert.Equal("looking", await part.LineAsync());
        await File.WriteAllBytesAsync(path, NumberedConfiguration.Bytes(2));
        Assert.Equal("2", await part.LineAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MountedOver_IsFoundByALook_AndSoIsItsEnd(bool mountsDirectory)
    {
        if (!ConfigurationPart.Can("unshare -m true")) return;
        var (below, above) = (Path.Combine(_root, "below"), Path.Combine(_root, "above"));
        foreach (var (folder, number) in new[] { (below, 1), (above, 2) })
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, "c.json"), NumberedConfiguration.Bytes(number));
        }

        var path = Path.Combine(below, "c.json");
        using var part = ConfigurationPart.StartBehind("unshare -m", ":", "follow", path, "100");
        Assert.Equal("1", await part.LineAsync());
        Assert.Equal("hearing", await part.LineAsync());
        var (from, to) = mountsDirectory ? (above, below) : (Path.Combine(above, "c.json"), path);
        await part.InsideAsync($"mount --bind {from} {to}");
        Assert.Equal("2", await part.LineAsync());
        // In place, through the name outside of the mount.
        await File.WriteAllBytesAsync(Path.Combine(above, "c.json"), NumberedConfiguration.Bytes(3));
        Assert.Equal("3", await part.LineAsync());
        await part.InsideAsync($"umount {to}");
        Assert.Equal("1", await part.LineAsync());
    }

    [Fact]
    public async Task KilledWhileTheLastGoodIsWritten_ItIsWhole() => await KillAsync(times: 8, seed: 1);

    [Fact]
    [Trait("Time", "long")]
    public async Task KilledFiveHundredTimes_TheLastGoodIsAlwaysWhole()
    {
        var interrupted = await Task.WhenAll(Enumerable.Range(2, 2).Select(seed => KillAsync(times: 250, seed)));
        Assert.InRange(interrupted.Sum(), 20, 500);
    }

    // How many of the kills left a half-written file behind.
    private async Task<int> KillAsync(int times, int seed)
    {
        var folder = Path.Combine(_root, $"state{seed}");
        var random = new Random(seed);
        var interrupted = 0;
        for (var round = 0; round < times; round++)
        {
            using var part = ConfigurationPart.Start("keep", folder);
            Assert.Equal("1", await part.LineAsync());
            // The rest of a write, or of several.
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 12));
            var said = await part.KillAsync();
            var copy = new LastGood(folder).Load(mustBeVerified: false, out var problem);
            Assert.Null(problem);
            var number = NumberedConfiguration.NumberOf(copy!);
            // The last that was said to be on the disk, or the one after it.
            Assert.InRange(number ?? -1, Math.Max(said, 1), Math.Max(said, 1) + 1);
            if (File.Exists(Path.Combine(folder, LastGood.FileName + ".next"))) interrupted++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times} kills, {interrupted} of them in the middle of a write"));
        return interrupted;
    }
}
