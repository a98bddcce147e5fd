using System.Globalization;

namespace EdgeVoice.Benchmarks.VirtualSoak;

/// <summary>
/// The command <c>soak --virtual</c>: hours of turns with faults drawn at random, the time between them jumped over. Exits 1 when a turn
/// was neither answered nor its loss told, when memory grows, or when something is left over.
/// </summary>
internal static class VirtualSoakCommand
{
    private const double MostLiveMb = 4;
    private const int WarmTurns = 4;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        if (!CommandNumbers.TryRead(args, output, out var options, ("hours", 24), ("turns", 500), ("seed", 1))) return 2;
        return await RunAsync((int)options["hours"], (int)options["turns"], (int)options["seed"], output) ? 0 : 1;
    }

    /// <summary>Runs; true when nothing was wrong.</summary>
    public static async Task<bool> RunAsync(int hours, int turns, int seed, TextWriter output)
    {
        var since = TimeProvider.System.GetTimestamp();
        var random = new Random(seed);
        var gap = TimeSpan.FromHours(hours) / turns;
        var (threads, sockets) = Left();
        var soak = new SoakTurns(seed);
        List<(double LiveMb, double SetMb)> memory = [];
        await using (soak)
        {
            await soak.StartAsync();
            for (var turn = 1; turn <= turns; turn++)
            {
                if (turn == WarmTurns || turn == turns / 2) memory.Add(await MeasureAsync(soak));
                await soak.PassAsync(gap * 2 * random.NextDouble());
                await soak.TurnAsync(turn);
                if (turn % 25 == 0) await output.WriteLineAsync(Invariant($"{turn,5} turns, {soak.Answered} answered, {soak.Told.Count} told, {soak.Lost.Count} lost, {soak.News.Readies} sessions, {Minutes(since):0.0} min"));
            }

            memory.Add(await MeasureAsync(soak));
        }

        var (threadsLeft, socketsLeft) = await SettledAsync(threads, sockets);
        await TellAsync(soak, hours, turns, seed, memory, since, output);
        await output.WriteLineAsync(Invariant($"left: timers {soak.ArmedTimers}, audio threads {threadsLeft} (before {threads}), sockets {socketsLeft} (before {sockets})"));
        List<string> wrong = [.. soak.Lost];
        if (memory[^1].LiveMb - memory[0].LiveMb > MostLiveMb) wrong.Add(Invariant($"live memory grew by {memory[^1].LiveMb - memory[0].LiveMb:0.0} MB"));
        if (threadsLeft > threads || socketsLeft > sockets || soak.ArmedTimers > 0) wrong.Add("something is left over");
        await output.WriteLineAsync(wrong.Count == 0 ? "passed" : $"FAILED: {string.Join("; ", wrong)}");
        return wrong.Count == 0;
    }

    private static async Task TellAsync(
        SoakTurns soak, int hours, int turns, int seed, List<(double LiveMb, double SetMb)> memory, long since, TextWriter output)
    {
        await output.WriteLineAsync(Invariant(
            $"{hours} h, {turns} turns, seed {seed}, {Minutes(since):0.0} min: answered {soak.Answered}, told {soak.Told.Count}, lost {soak.Lost.Count}; sessions {soak.News.Readies}, reconnects {soak.News.Readies - 1}; microphones lost by the jumps {soak.LostMicrophones}"));
        await output.WriteLineAsync($"faults: {string.Join(", ", soak.Faults.Drawn.Select(f => $"{f.Key} {f.Value}"))}");
        foreach (var told in soak.Told) await output.WriteLineAsync($"told: {told}");
        await output.WriteLineAsync($"memory at start, middle, end: {string.Join("; ", memory.Select(m => Invariant($"live {m.LiveMb:0.0} MB, working set {m.SetMb:0} MB")))}");
    }

    // The server's own records are no memory of the device: they go with the server.
    private static async Task<(double LiveMb, double SetMb)> MeasureAsync(SoakTurns soak)
    {
        await soak.RestartAsync();
        await soak.ReadyAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return (GC.GetTotalMemory(forceFullCollection: true) / 1048576.0, Environment.WorkingSet / 1048576.0);
    }

    private static async Task<(int Threads, int Sockets)> SettledAsync(int threads, int sockets)
    {
        var left = Left();
        for (var i = 0; i < 100 && (left.Threads > threads || left.Sockets > sockets); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            left = Left();
        }

        return left;
    }

    // The runtime's own threads come and go; ours have names.
    private static (int Threads, int Sockets) Left() => (
        Directory.GetDirectories("/proc/self/task").Count(t => Read(Path.Combine(t, "comm")).StartsWith("ev-", StringComparison.Ordinal)),
        Directory.GetFiles("/proc/self/fd").Count(f => (Target(f) ?? "").StartsWith("socket:", StringComparison.Ordinal)));

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Minutes(long since) => TimeProvider.System.GetElapsedTime(since).TotalMinutes;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
