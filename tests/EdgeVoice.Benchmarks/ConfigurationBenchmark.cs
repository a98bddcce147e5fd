using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Benchmarks;

/// <summary>The group <c>configuration</c>: a fleet's file read, checked, merged and validated for one of its devices.</summary>
internal static class ConfigurationBenchmark
{
    private const int Fleet = 10_000;
    private const int Part = 1_000;
    private const int Warm = 30;
    private const int Rounds = 21;

    // No faster than the file; a tenth for what cannot be measured better.
    private const double MaxGrowth = 1.1;

    /// <summary>Prints the table; returns 1 when a figure is missed, else 0.</summary>
    public static int Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("edgevoice-");
        try
        {
            var (small, large) = (Write(folder.FullName, Part), Write(folder.FullName, Fleet));
            var table = new FigureTable(output);
            table.Head($"{Fleet} devices, {new FileInfo(large).Length / 1e6:0.0} MB");
            // First, while nothing else has been read: the working set of a device that has just started.
            Read(small, Part);
            var idle = WorkingSetMb();
            var cold = Measure(() => Read(large, Fleet));
            table.Shown("read for one device, the first time, ms", cold);
            for (var i = 0; i < Warm; i++) Read(large, Fleet);
            table.AtMost("working set above idle, highest, MB", Math.Max(0, PeakWorkingSetMb() - idle), 40);
            var ours = Median(large, Fleet);
            table.AtMost($"read for one device, warm, ms (median of {Rounds})", ours, 150);
            var growth = Growth(Parsing(small, Part), Parsing(large, Fleet));
            table.AtMost($"CPU time a device against {Part} devices, times", growth, MaxGrowth);
            table.Shown("the same, with the file's bytes read and let go, times", Growth(() => Read(small, Part), () => Read(large, Fleet)));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            Read(large, Fleet);
            table.Shown("allocated by one, MB", (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6);
            table.Shown("checked for every device, ms", Measure(() => Check(large)));
            return table.Missed > 0 ? 1 : 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Median(string path, int devices)
    {
        for (var i = 0; i < Warm; i++) Read(path, devices);
        return Enumerable.Range(0, Rounds).Select(_ => Measure(() => Read(path, devices))).Order().ElementAt(Rounds / 2);
    }

    // The least of some trials each: what else the machine does only adds.
    private static double Growth(Action small, Action large)
    {
        const int Trials = 7;
        const int Times = 6;
        var (one, ten) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < Trials; i++)
        {
            one = Math.Min(one, CpuMs(small, Times * (Fleet / Part)));
            ten = Math.Min(ten, CpuMs(large, Times));
        }

        return ten / one;
    }

    // Not by the clock: what else the machine does is no cost of ours.
    private static double CpuMs(Action action, int times)
    {
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < times; i++) action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static double Measure(Action action)
    {
        var start = TimeProvider.System.GetTimestamp();
        action();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Action Parsing(string path, int devices)
    {
        var bytes = File.ReadAllBytes(path);
        return () => Check(ConfigurationReader.Parse(path, bytes, Request(devices)), devices);
    }

    private static ConfigurationRequest Request(int devices) => new(Name(devices / 2), HasIotPackages: false, new Dictionary<string, string>());

    private static void Read(string path, int devices) => Check(ConfigurationReader.Read(path, Request(devices)), devices);

    private static void Check(ConfigurationResult result, int devices)
    {
        var id = Name(devices / 2);
        if (result.Options is null || result.DeviceEntry != id) throw new InvalidOperationException(string.Join('\n', result.Errors.Prepend("the fleet's file is not valid")));
    }

    private static void Check(string path)
    {
        if (ConfigurationCheck.Of(path, hasIotPackages: false) is { Errors: [var first, ..] }) throw new InvalidOperationException(first);
    }

    private static double WorkingSetMb() => Status("VmRSS:");

    private static double PeakWorkingSetMb() => Status("VmHWM:");

    // In kilobytes, as the kernel counts them; elsewhere than on Linux the process's own figure.
    private static double Status(string name)
    {
        using var process = Process.GetCurrentProcess();
        if (!OperatingSystem.IsLinux()) return (name == "VmHWM:" ? process.PeakWorkingSet64 : process.WorkingSet64) / 1e6;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private static string Name(int device) => $"pi-{device:d8}";

    // About five hundred bytes a device, as a fleet's tool would write it.
    private static string Write(string folder, int devices)
    {
        var text = new StringBuilder("{\n  \"version\": 1,\n  \"defaults\": { \"realtime\": { \"credential\": { \"systemd\": \"openai-api-key\" } } },\n  \"groups\": {\n");
        for (var i = 0; i < 20; i++) text.Append(CultureInfo.InvariantCulture, $"    \"group-{i}\": {{ \"conversation\": {{ \"mode\": \"hands-free\" }} }},\n");
        text.Append("  },\n  \"devices\": {\n");
        for (var i = 0; i < devices; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    "{{Name(i)}}": {
                      "group": "group-{{i % 20}}",
                      "conversation": { "language": "{{(i % 2 == 0 ? "en" : "de")}}", "idleTimeoutMs": {{20_000 + i}} },
                      "realtime": { "voice": "cedar", "instructions": "You are the helper of room {{i}}; answer shortly.", "speed": 1.1 },
                      "audio": { "capture": { "device": "plughw:CARD=seeed2micvoicec", "gainDb": -3 }, "playback": { "volume": {{i % 101}} } },
                      "button": { "chip": "gpiochip0", "line": {{i % 28}} },
                      "led": { "type": "apa102", "pixels": 3, "brightness": 0.4 }
                    },

                """);
        }

        var path = Path.Combine(folder, $"{devices}.json");
        File.WriteAllText(path, text.Append("  }\n}\n").ToString());
        return path;
    }
}
