namespace EdgeVoice.Benchmarks;

/// <summary>Runs one group of figures; exits 0 when every bar is met, 1 when one is missed, 2 for wrong usage.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<TextWriter, int>> Groups = new()
    {
        ["buffer"] = BufferBenchmark.Run,
        ["resampler"] = ResamplerBenchmark.Run,
    };

    private static int Main(string[] args)
    {
        if (args is [var name] && Groups.TryGetValue(name, out var run)) return run(Console.Out);
        Console.Error.WriteLine($"one group is meant: {string.Join(" or ", Groups.Keys)}; dotnet run -c Release --project tests/EdgeVoice.Benchmarks -- GROUP");
        return 2;
    }
}
