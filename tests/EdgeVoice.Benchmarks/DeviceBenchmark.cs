using System.Diagnostics;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// The group <c>device</c>: the whole program with virtual devices and the stand-in server, each in a process of its own: start-up,
/// latencies, allocations, CPU, memory.
/// </summary>
internal static class DeviceBenchmark
{
    private const int Starts = 3;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Prints the table; returns 1 when a figure is missed, else 0.</summary>
    public static async Task<int> RunAsync(TextWriter output)
    {
        using var server = Child.Start("simulator");
        var url = server.Read();
        var table = new FigureTable(output);
        table.Head("the device, no peer");
        var starts = new double[Starts];
        for (var i = 0; i < Starts; i++) starts[i] = await StartMsAsync(url);
        Array.Sort(starts);
        table.AtMost($"edgevoice run: process start to READY (ms, median of {Starts})", starts[Starts / 2], 1000);
        using var device = Child.Start(Settings.Product, "device", url);
        table.Shown("process start to a configured session (ms)", device.Numbers()[0] - device.StartedNs / 1e6);
        Idle(table, device.Numbers());
        var first = device.Numbers();
        Latencies(table, first[0], device.Numbers(), device.Numbers(), device.Numbers(), device.Numbers());
        Talking(table, device.Numbers());
        Compiled(table, device.Numbers());
        AudioPathFigures.Print(table, output);
        CollectorFigures.Print(output);
        return table.Missed > 0 ? 1 : 0;
    }

    private static void Idle(FigureTable table, double[] idle)
    {
        table.AtMost("idle: CPU (ms a second)", idle[0], 10);
        table.Shown("idle: bytes allocated a second", idle[1]);
        table.AtMost("idle: working set (MB)", idle[2], 80);
    }

    private static void Latencies(FigureTable table, double first, double[] presses, double[] sounds, double[] silences, double[] cuts)
    {
        var count = presses.Length;
        table.AtMost("press to first append (ms), the first press of all", first, 10);
        table.Shown($"press to first append (ms), median of {count}", At(presses, .5));
        table.AtMost("press to first append (ms), p99", At(presses, .99), 10);
        table.Shown("press to first append (ms), max", At(presses, 1));
        table.Shown($"delta received to its sample leaving the card (ms), median of {sounds.Length}", At(sounds, .5));
        table.AtMost("delta received to its sample leaving the card (ms), p99", At(sounds, .99), 35);
        table.Shown($"barge-in: order to silence (ms), median of {cuts.Length}", At(cuts, .5));
        table.AtMost("barge-in: press to silence (ms), p99", At(silences, .99), 5);
    }

    private static void Talking(FigureTable table, double[] talking)
    {
        table.Shown("talking: CPU (ms a second)", talking[0]);
        table.Shown("talking: bytes allocated a second", talking[1]);
        table.AtMost("talking: working set (MB)", talking[2], 100);
        table.AtMost("bytes allocated on ev-capture", talking[3], 0);
        table.AtMost("bytes allocated on ev-playback", talking[4], 0);
    }

    // Of the first ones some are the benchmark's own: its person and the virtual card have not done this before either.
    private static void Compiled(FigureTable table, double[] compiled)
    {
        table.Shown("methods compiled in the first press, the benchmark's with it", compiled[0]);
        table.Shown("methods compiled in the first turn, the benchmark's with it", compiled[1]);
        table.Shown("methods compiled in the second turn, the first interrupted", compiled[2]);
        table.Shown("methods compiled in a later turn, worst", compiled.Skip(3).Max());
        table.AtMost("methods compiled in a later turn, median", At([.. compiled.Skip(3)], .5), 0);
    }

    /// <summary>The value that so many of a hundred do not exceed; the worst where there are too few to say.</summary>
    private static double At(double[] values, double share) =>
        values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(values.Length * share) - 1, 0, values.Length - 1));

    // The program itself, as systemd starts it; it is ready when it says so.
    private static async Task<double> StartMsAsync(string url)
    {
        var folder = Directory.CreateTempSubdirectory("edgevoice-bench");
        try
        {
            var file = Path.Combine(folder.FullName, "edgevoice.json");
            File.WriteAllText(file, Configuration(url, Path.Combine(folder.FullName, "control.sock")));
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "edgevoice")) { RedirectStandardError = true };
            foreach (var argument in (string[])["run", "--config", file]) start.ArgumentList.Add(argument);
            var began = TimeProvider.System.NowNs();
            using var program = Process.Start(start)!;
            var ready = ReadyAsync(program);
            var inTime = await Task.WhenAny(ready, Task.Delay(StartTimeout, TimeProvider.System)) == ready && await ready;
            var took = (TimeProvider.System.NowNs() - began) / 1e6;
            program.Kill();
            return inTime ? took : throw new InvalidOperationException("edgevoice run was never ready");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> ReadyAsync(Process program)
    {
        while (await program.StandardError.ReadLineAsync() is { } line)
            if (line.Contains("Ready (", StringComparison.Ordinal)) return true;
        return false;
    }

    private static string Configuration(string url, string socket) => $$"""
        {
          "version": 1,
          "defaults": {
            "realtime": { "url": "{{url}}", "model": "gpt-realtime" },
            "audio": { "capture": { "device": "null" }, "playback": { "device": "null" } },
            "button": { "device": "none" },
            "led": { "device": "none" },
            "control": { "socket": "{{socket}}" }
          }
        }
        """;
}
