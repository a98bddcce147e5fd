using System.Globalization;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Linux.Files;
using EdgeVoice.Service;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks.Watch;

/// <summary>The watch over the configuration in a process of its own: to be killed, to be starved of inotify, to be measured.</summary>
internal static class WatchPart
{
    /// <summary>Plays the part; 0 when it is over, 2 when there is no such part.</summary>
    public static async Task<int> RunAsync(string[] part)
    {
        switch (part)
        {
            case ["follow", var path, var intervalMs]:
                await FollowAsync(path, TimeSpan.FromMilliseconds(Number(intervalMs)));
                return 0;
            case ["storm", var folder, var style, var count]:
                Child.Say(await WatchStorm.RunAsync(folder, style, Number(count)));
                return 0;
            case ["idle", var path, var intervalMs, var ms]:
                Child.Say(await IdleAsync(path, TimeSpan.FromMilliseconds(Number(intervalMs)), TimeSpan.FromMilliseconds(Number(ms))));
                return 0;
            case ["keep", var folder]:
                Keep(folder);
                return 0;
            default:
                return 2;
        }
    }

    /// <summary>A store over numbered configurations.</summary>
    public static ConfigurationStore Store(string path, TimeSpan interval, LastGood? lastGood = null) =>
        new(path, NumberedConfiguration.Parse, verify: null, lastGood, TimeProvider.System, NullLogger.Instance) { LookInterval = interval };

    // Says the number of each configuration put into force until its input ends.
    private static async Task FollowAsync(string path, TimeSpan interval)
    {
        using var store = Store(path, interval);
        Console.WriteLine(store.Load().Options?.Realtime.Instructions ?? "none");
        using var stop = new CancellationTokenSource();
        var running = store.RunAsync(SayAsync, stop.Token);
        using (var watch = new FileWatch([path], () => { }, interval)) Console.WriteLine(watch.IsHearing ? "hearing" : "looking");
        while ((await store.ReloadAsync()).Contains("not ready", StringComparison.Ordinal)) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await stop.CancelAsync();
        await running;
    }

    private static Task<string?> SayAsync(EdgeVoiceOptions options)
    {
        Console.WriteLine(options.Realtime.Instructions);
        return Task.FromResult<string?>(null);
    }

    // Bytes allocated, and milliseconds of processor time, while nothing changes.
    private static async Task<double[]> IdleAsync(string path, TimeSpan interval, TimeSpan length)
    {
        using var store = Store(path, interval);
        store.Load();
        using var stop = new CancellationTokenSource();
        var running = store.RunAsync(_ => Task.FromResult<string?>(null), stop.Token);
        await Task.Delay(1_000);
        var (bytes, cpu) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        Thread.Sleep(length);
        var figures = new[] { GC.GetTotalAllocatedBytes(precise: true) - bytes, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds };
        await stop.CancelAsync();
        await running;
        return figures;
    }

    // Keeps one configuration after the other, of every size, and says which one is on the disk, until it is killed.
    private static void Keep(string folder)
    {
        var lastGood = new LastGood(folder);
        var sizes = new Random(1);
        for (var number = 1; ; number++)
        {
            if (lastGood.Save(NumberedConfiguration.Bytes(number, sizes.Next(10, 400_000))) is { } problem) throw new IOException(problem);
            Console.WriteLine(number);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
