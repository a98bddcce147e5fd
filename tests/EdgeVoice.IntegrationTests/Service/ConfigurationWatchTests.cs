using System.Globalization;
using EdgeVoice.Benchmarks.Watch;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Service;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>Real files, replaced in every way there is, in real time.</summary>
public sealed class ConfigurationWatchTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 5;
    private static readonly TimeSpan Bar = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private readonly string _root = Directory.CreateTempSubdirectory("ev-watch-").FullName;

    public static TheoryData<string> Styles => [.. ReplacedFile.Styles];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Replaced_WithInotify_IsInForceWithinHalfASecond(string style)
    {
        // A look would come too late to help.
        var took = await ReplaceAsync(style, TimeSpan.FromHours(1), useEvents: true);
        // The machine may be busy in one of the rounds.
        Assert.InRange(took[Rounds / 2], TimeSpan.Zero, Bar);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Replaced_WithoutInotify_IsInForceAfterALook(string style)
    {
        var interval = TimeSpan.FromMilliseconds(250);
        var took = await ReplaceAsync(style, interval, useEvents: false);
        Assert.InRange(took[Rounds / 2], TimeSpan.Zero, interval + Bar);
    }

    [Fact]
    public async Task WrittenSlowly_IsTakenAtItsEndAlone_AndNothingIsTold()
    {
        var file = new ReplacedFile(_root, ReplacedFile.Pieces, NumberedConfiguration.Bytes(0), TimeSpan.FromMilliseconds(400));
        using var store = Store(file.FilePath, TimeSpan.FromHours(1), useEvents: true);
        store.Load();
        using var stop = new CancellationTokenSource();
        var applied = new List<string?>();
        var running = store.RunAsync(options => Apply(options, applied), stop.Token);
        // Until the watch stands.
        Assert.StartsWith("unchanged", await ReloadedAsync(store), StringComparison.Ordinal);
        await Task.Run(() => file.Replace(NumberedConfiguration.Bytes(1)));
        await InForceAsync(store, 1);
        await stop.CancelAsync();
        await running;
        Assert.Equal(["1"], applied);
        Assert.Equal((1, 0), (store.Taken, store.Refused));
    }

    [Fact]
    public async Task MissingForAWhile_IsTold_AndTakenWhenItIsBack()
    {
        var path = Path.Combine(_root, "a", "b", "edgevoice.json");
        using var store = Store(path, TimeSpan.FromHours(1), useEvents: true);
        Assert.Null(store.Load().Options);
        using var stop = new CancellationTokenSource();
        var running = store.RunAsync(_ => Task.FromResult<string?>(null), stop.Token);
        Assert.StartsWith("refused: ", await ReloadedAsync(store), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, NumberedConfiguration.Bytes(3));
        await InForceAsync(store, 3);
        File.Delete(path);
        await UntilAsync(() => store.Current.FileDiffers);
        Assert.Equal("3", store.Current.Options?.Realtime.Instructions);
        Assert.Contains("no such file", Assert.Single(store.Current.Problems), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(path, NumberedConfiguration.Bytes(3));
        await UntilAsync(() => store.Current is { FileDiffers: false, Problems.Count: 0 });
        await stop.CancelAsync();
        await running;
        Assert.Equal(1, store.Taken);
    }

    private async Task<List<TimeSpan>> ReplaceAsync(string style, TimeSpan interval, bool useEvents)
    {
        var file = new ReplacedFile(_root, style, NumberedConfiguration.Bytes(0), Pause);
        using var store = Store(file.FilePath, interval, useEvents);
        Assert.Equal(ConfigurationState.FromFile, store.Load().Source);
        using var stop = new CancellationTokenSource();
        var running = store.RunAsync(_ => Task.FromResult<string?>(null), stop.Token);
        Assert.StartsWith("unchanged", await ReloadedAsync(store), StringComparison.Ordinal);
        var took = new List<TimeSpan>();
        for (var number = 1; number <= Rounds; number++)
        {
            await Task.Delay(50);
            file.Replace(NumberedConfiguration.Bytes(number));
            var since = TimeProvider.System.GetTimestamp();
            await InForceAsync(store, number);
            took.Add(TimeProvider.System.GetElapsedTime(since));
        }

        await stop.CancelAsync();
        await running;
        took.Sort();
        output.WriteLine($"{style}: in force after {string.Join(", ", took.Select(time => $"{time.TotalMilliseconds:0}"))} ms");
        return took;
    }

    private static ConfigurationStore Store(string path, TimeSpan interval, bool useEvents) =>
        new(path, NumberedConfiguration.Parse, verify: null, lastGood: null, TimeProvider.System, NullLogger.Instance)
        {
            LookInterval = interval,
            UseEvents = useEvents,
        };

    private static Task<string?> Apply(EdgeVoiceOptions options, List<string?> applied)
    {
        applied.Add(options.Realtime.Instructions);
        return Task.FromResult<string?>(null);
    }

    // The store answers from the moment its watch stands.
    private static async Task<string> ReloadedAsync(ConfigurationStore store)
    {
        var line = "";
        await UntilAsync(async () => !(line = await store.ReloadAsync()).Contains("not ready", StringComparison.Ordinal));
        return line;
    }

    private static Task InForceAsync(ConfigurationStore store, int number)
    {
        var wanted = number.ToString(CultureInfo.InvariantCulture);
        return UntilAsync(() => store.Current.Options?.Realtime.Instructions == wanted);
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !await condition(); await Task.Delay(2))
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "nothing came of it");
    }
}
