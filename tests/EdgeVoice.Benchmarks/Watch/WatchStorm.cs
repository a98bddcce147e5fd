using System.Globalization;

namespace EdgeVoice.Benchmarks.Watch;

/// <summary>Replacements one after the other without a pause: the last one must be in force, and nothing may pile up.</summary>
internal static class WatchStorm
{
    private const int Warm = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Replaces the file so often; says 1 when the last is in force, how many were taken, and the growth of live memory in bytes and of open files.</summary>
    public static async Task<double[]> RunAsync(string folder, string style, int count)
    {
        var file = new ReplacedFile(folder, style, NumberedConfiguration.Bytes(0), TimeSpan.FromMilliseconds(1));
        using var store = WatchPart.Store(file.FilePath, TimeSpan.FromSeconds(5));
        store.Load();
        using var stop = new CancellationTokenSource();
        var running = store.RunAsync(_ => Task.FromResult<string?>(null), stop.Token);
        for (var number = 1; number <= Warm; number++) file.Replace(NumberedConfiguration.Bytes(number));
        var began = await IsInForceAsync(Warm);
        var (memory, files) = (LiveBytes(), OpenFiles());
        for (var number = Warm + 1; number <= Warm + count; number++)
        {
            file.Replace(NumberedConfiguration.Bytes(number));
            // Now and then it has the time to take one.
            if (number % 100 == 0) await Task.Delay(250);
        }

        var ended = await IsInForceAsync(Warm + count);
        double[] figures = [began && ended ? 1 : 0, store.Taken, LiveBytes() - memory, OpenFiles() - files];
        await stop.CancelAsync();
        await running;
        return figures;

        async Task<bool> IsInForceAsync(int number)
        {
            var wanted = number.ToString(CultureInfo.InvariantCulture);
            for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < Patience; await Task.Delay(10))
                if (store.Current is { FileDiffers: false, Options.Realtime.Instructions: { } text } && text == wanted)
                    return true;
            return false;
        }
    }

    private static long LiveBytes() => GC.GetTotalMemory(forceFullCollection: true);

    private static int OpenFiles() => Directory.GetFiles("/proc/self/fd").Length;
}
