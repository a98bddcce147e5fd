using System.Diagnostics;
using System.Text;

namespace EdgeVoice.Benchmarks;

/// <summary>The private sound server of tests/pulse/run.sh, as long as this lives.</summary>
internal sealed class SoundServer : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private SoundServer(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>The value of ALSA_CONFIG_PATH with which libasound knows its devices <c>mic</c> and <c>spk</c>.</summary>
    public string AlsaConfigPath => $"/usr/share/alsa/alsa.conf:{_folder}/asound.conf";

    /// <summary>Starts it; null, and one line why, where it cannot be had.</summary>
    public static SoundServer? TryStart(out string why)
    {
        why = "tests/pulse/run.sh was not found above the program";
        if (Script() is not { } script) return null;
        var folder = Directory.CreateTempSubdirectory("ev-bench-").FullName;
        var start = new ProcessStartInfo("bash", [script, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var problem = new StringBuilder();
        process.ErrorDataReceived += (_, line) => problem.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var server = new SoundServer(process, folder);
        if (process.StandardOutput.ReadLine() == "ready") return server;
        // It ends by itself, and with it what it said is whole.
        process.WaitForExit();
        server.Dispose();
        why = problem.ToString().Trim();
        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Script()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var script = Path.Combine(folder, "tests", "pulse", "run.sh");
            if (File.Exists(script)) return script;
        }

        return null;
    }
}
