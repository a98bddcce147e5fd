using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.World;

/// <summary>The stand-in server as a process of its own.</summary>
internal sealed class SimulatorProcess
{
    private const string Listening = "listening on ";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private SimulatorProcess(ChildProcess process) =>
        (Process, Url) = (process, new Uri(process.Output.Split('\n')[0][Listening.Length..]));

    public ChildProcess Process { get; }

    public Uri Url { get; }

    /// <summary>Starts it with the answers of a script (JSON), or repeating what it hears.</summary>
    public static async Task<SimulatorProcess> StartAsync(Pi pi, string? script = null, params string[] more)
    {
        List<string> arguments = [DeviceProcess.Program, "simulator", .. more];
        if (script is not null)
        {
            var file = pi.FileOf("script.json");
            await File.WriteAllTextAsync(file, script);
            arguments.AddRange(["--script", file]);
        }

        var process = pi.Start(Environment.ProcessPath!, arguments);
        await process.SaysAsync("/v1/realtime\n", StartTime);
        return new SimulatorProcess(process);
    }
}
