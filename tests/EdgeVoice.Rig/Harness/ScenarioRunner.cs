using System.Diagnostics;
using System.Globalization;

namespace EdgeVoice.Rig.Harness;

/// <summary>Plays scenarios one after the other; each has an output folder and a time limit of its own.</summary>
/// <remarks>
/// Every result is one line of OUT/results, written when it is known: run.sh on the host reads along, and what has none when the
/// guest has ended has failed. One that fails while the host kept the guest from running is no verdict on the device: that is said
/// and it is played again, three times in all. A scenario that ignores its limit ends the program: it may hold a device.
/// </remarks>
internal sealed class ScenarioRunner(string output)
{
    // Beyond its limit a scenario may still tidy up for so long.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    // How often a scenario is played at most when it fails while the host keeps the guest from running.
    private const int Tries = 3;

    public async Task<int> RunAsync(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (Scenario.All.FirstOrDefault(one => one.Name == name) is not { } scenario)
            {
                Tell($"failed  {name}  0.0 s: there is no such scenario");
                continue;
            }

            Write("running", name);
            if (!await PlayAsync(scenario)) return 1;
        }

        return 0;
    }

    private async Task<bool> PlayAsync(Scenario scenario)
    {
        for (var attempt = 1; ; attempt++)
        {
            var began = Stopwatch.GetTimestamp();
            using var host = new HostWatch();
            var (problem, tidy, figures) = await TryAsync(scenario, attempt == 1 ? scenario.Name : $"{scenario.Name}-{attempt}", host);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            var verdict = problem is null ? "passed" : tidy && host.Starved && attempt < Tries ? "again" : "failed";
            Tell($"{verdict,-7} {scenario.Name}  {seconds} s{(problem is null ? "" : $": {OneLine(problem)}")}"
                + (problem is null || !host.Starved ? "" : $" (the host had stopped the guest for {host.WorstMs} ms)"));
            foreach (var figure in figures) Tell($"        {figure}");
            if (verdict != "again") return tidy;
        }
    }

    private async Task<(string? Problem, bool Tidy, IReadOnlyList<string> Figures)> TryAsync(Scenario scenario, string name, HostWatch host)
    {
        var limit = TimeSpan.FromSeconds(scenario.Terms.LimitSeconds);
        using var stop = new CancellationTokenSource(limit);
        var folder = Path.Combine(output, name);
        Directory.CreateDirectory(folder);
        var pi = new Pi(folder, host, stop.Token);
        string? problem = null;
        var tidy = true;
        try
        {
            await scenario.PlayAsync(pi).WaitAsync(limit + Grace);
            if (pi.Expectations == 0) problem = "it expects nothing";
        }
        catch (TimeoutException)
        {
            (problem, tidy) = ($"hung: it has {limit.TotalSeconds:0} s and did not end when told to", false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            problem = $"took longer than its {limit.TotalSeconds:0} s";
        }
        catch (Exception e)
        {
            problem = e is ScenarioFailedException ? e.Message : $"{e.GetType().Name}: {e.Message}";
            pi.Note(e.ToString());
        }

        if (tidy) tidy = await TidyAsync(pi, text => problem ??= text);
        return (problem, tidy, pi.Figures);
    }

    private static async Task<bool> TidyAsync(Pi pi, Action<string> failed)
    {
        try
        {
            await pi.DisposeAsync().AsTask().WaitAsync(Grace);
            return true;
        }
        catch (Exception e)
        {
            failed($"could not tidy up: {e.Message}");
            pi.Note(e.ToString());
            return false;
        }
    }

    private void Tell(string line)
    {
        Console.WriteLine(line);
        File.AppendAllText(Path.Combine(output, "results"), line + "\n");
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(output, file), text + "\n");

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
