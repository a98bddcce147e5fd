using System.Runtime;

namespace EdgeVoice.Benchmarks;

/// <summary>Wake-up lateness of an audio-like thread during forced full collections, under each collector and setting.</summary>
internal static class CollectorFigures
{
    private const int LongMs = 10_000;
    private const int ShortMs = 4_000;

    /// <summary>Prints one row a setting: the worst and the 99th percentile; nothing asks for a bar.</summary>
    public static void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"wake-up lateness, 50 MB heap collected in full",-72}{"worst ms",10}{"p99 ms",9}{"pause ms",10}{"full",6}{"MB",6}");
        foreach (var concurrent in (string[])["1", "0"])
        {
            foreach (var collections in Enum.GetValues<Collections>())
                Row(output, collections, GCLatencyMode.Interactive, LongMs, ("gcConcurrent", concurrent));
        }

        Row(output, Collections.Background, GCLatencyMode.SustainedLowLatency, ShortMs, ("gcConcurrent", "1"));
        Row(output, Collections.Blocking, GCLatencyMode.SustainedLowLatency, ShortMs, ("gcConcurrent", "1"));
        Row(output, Collections.Background, GCLatencyMode.Interactive, ShortMs, ("gcConcurrent", "1"), ("GCgen0size", "400000"));
        Row(output, Collections.Background, GCLatencyMode.Interactive, ShortMs, ("gcConcurrent", "1"), ("GCgen0size", "2000000"));
        Row(output, Collections.Blocking, GCLatencyMode.Interactive, ShortMs, ("gcConcurrent", "0"), ("GCConserveMemory", "5"));
    }

    private static void Row(
        TextWriter output, Collections collections, GCLatencyMode mode, int ms, params (string Name, string Value)[] settings)
    {
        // A mode that the collector does not know is refused by the runtime, silently; without a background collector it is Batch.
        if (settings[0].Value == "0" && mode == GCLatencyMode.Interactive) mode = GCLatencyMode.Batch;
        var all = settings.ToDictionary(s => "DOTNET_" + s.Name, s => s.Value);
        all["DOTNET_TieredCompilation"] = "0";
        using var part = Child.Start(all, "lateness", collections.ToString(), mode.ToString(), ms.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var figures = part.Numbers();
        var name = settings[0].Value == "1" ? "concurrent" : "not concurrent";
        var more = string.Concat(settings.Skip(1).Select(s => $", {s.Name}={s.Value}")) + (mode > GCLatencyMode.Interactive ? $", {mode}" : "");
        var priority = figures[3] > 0 ? "" : " (no real-time priority)";
        output.WriteLine(FormattableString.Invariant(
            $"{$"{name}, {collections.ToString().ToLowerInvariant()}{more}{priority}",-72}{figures[0],10:0.00}{figures[1],9:0.00}{figures[5],10:0.00}{figures[2],6:0}{figures[4],6:0}"));
    }
}
