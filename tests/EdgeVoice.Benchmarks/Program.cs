using System.Globalization;
using System.Runtime;
using EdgeVoice.Benchmarks.VirtualSoak;
using EdgeVoice.Benchmarks.Watch;

namespace EdgeVoice.Benchmarks;

/// <summary>Runs one group of figures; exits 0 when every bar is met, 1 when one is missed, 2 for wrong usage.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<TextWriter, Task<int>>> Groups = new()
    {
        ["buffer"] = output => Task.FromResult(BufferBenchmark.Run(output)),
        ["resampler"] = output => Task.FromResult(ResamplerBenchmark.Run(output)),
        ["realtime"] = output => Task.FromResult(RealtimeBenchmark.Run(output)),
        ["device"] = DeviceBenchmark.RunAsync,
        ["led"] = LedBenchmark.RunAsync,
        ["bargein"] = BargeInBenchmark.RunAsync,
        ["configuration"] = output => Task.FromResult(ConfigurationBenchmark.Run(output)),
    };

    private static async Task<int> Main(string[] args)
    {
        if (args is [Child.Flag, "configuration", .. var configuration]) return await WatchPart.RunAsync(configuration);
        if (args is [Child.Flag, .. var part]) return await PlayAsync(part);
        if (args is ["soak", "--virtual", .. var hours]) return await VirtualSoakCommand.RunAsync(hours, Console.Out);
        if (args is ["soak", .. var soak]) return await SoakBenchmark.RunAsync(soak, Console.Out);
        if (args is ["fuzz", .. var fuzz]) return await FuzzCommand.RunAsync(fuzz, Console.Out);
        if (args is [var name] && Groups.TryGetValue(name, out var run)) return await run(Console.Out);
        await Console.Error.WriteLineAsync(
            $"one group is meant: {string.Join(" or ", Groups.Keys)}; dotnet run -c Release --project tests/EdgeVoice.Benchmarks -- GROUP; or soak, which tests/soak.sh runs; or soak --virtual [--hours N] [--turns N] [--seed S]; or fuzz [--count N] [--seed S]");
        return 2;
    }

    private static async Task<int> PlayAsync(string[] part)
    {
        switch (part)
        {
            case ["server"]:
                FloodServer.Run();
                break;
            case ["receive", var who, var port, var size, var burst, var rounds]:
                await FloodPart.ReceiveAsync(who, Number(port), Number(size), Number(burst), Number(rounds));
                break;
            case ["send", var who, var port, var rounds]:
                await FloodPart.SendAsync(who, Number(port), Number(rounds));
                break;
            case ["uplink", var port, var rounds]:
                await UplinkPart.RunAsync(Number(port), Number(rounds));
                break;
            case ["simulator"]:
                await DevicePart.ServeAsync();
                break;
            case ["device", var url]:
                await DevicePart.RunAsync(url);
                break;
            case ["lateness", var collections, var mode, var ms]:
                LatenessPart.Run(Enum.Parse<Collections>(collections), Enum.Parse<GCLatencyMode>(mode), Number(ms));
                break;
            case ["path", var microphone, var loudspeaker]:
                await AudioPathPart.RunAsync(microphone, loudspeaker);
                break;
            default:
                return 2;
        }

        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
