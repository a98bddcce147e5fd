using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig;

/// <summary>
/// What runs inside the virtual Pi: <c>list</c> names the scenarios (on the host, too), <c>run OUT NAME...</c> plays them and
/// <c>service PATH</c> is the notify-type service that the watchdog scenario supervises.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["list"]:
                foreach (var scenario in Scenario.All) Console.WriteLine(scenario.Line);
                return 0;
            case ["run", var output, .. var names]:
                return await new ScenarioRunner(output).RunAsync(names);
            case ["service", var silence]:
                return await WatchedService.RunAsync(silence);
            default:
                Console.Error.WriteLine("usage: list | run OUT NAME... | service SILENCE-FILE");
                return 2;
        }
    }
}
