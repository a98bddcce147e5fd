using System.Diagnostics;
using System.Globalization;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>The benchmarks' program playing a part of the watch over the configuration.</summary>
internal sealed class ConfigurationPart : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ConfigurationPart(ProcessStartInfo info)
    {
        info.RedirectStandardInput = info.RedirectStandardOutput = true;
        _process = Process.Start(info)!;
    }

    // Built beside this project, with the same configuration.
    private static string Built => Path.Combine(
        AppContext.BaseDirectory.Replace("EdgeVoice.IntegrationTests", "EdgeVoice.Benchmarks", StringComparison.Ordinal), "EdgeVoice.Benchmarks.dll");

    /// <summary>True where this machine can do it; where it cannot the test is left out, which a CI run does not forgive.</summary>
    public static bool Can(string command)
    {
        using var tried = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true })!;
        tried.WaitForExit();
        if (tried.ExitCode != 0 && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"this machine cannot: {command}");
        return tried.ExitCode == 0;
    }

    public static ConfigurationPart Start(params string[] part) =>
        new(new ProcessStartInfo(Environment.ProcessPath!, [Built, "--part", "configuration", .. part]));

    /// <summary>The part behind another program that changes its world, prepared by a line of shell.</summary>
    public static ConfigurationPart StartBehind(string program, string prepare, params string[] part) => new(new ProcessStartInfo(
        "sh", ["-c", $"exec {program} sh -c '{prepare} && exec \"$@\"' part \"$@\"", "sh", Environment.ProcessPath!, Built, "--part", "configuration", .. part]));

    public async Task<string> LineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? "(ended)";

    public async Task<double[]> NumbersAsync() =>
        [.. (await LineAsync()).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Runs a command in the part's mounts.</summary>
    public async Task InsideAsync(string command)
    {
        using var run = Process.Start("nsenter", ["-t", $"{_process.Id}", "-m", "sh", "-c", command]);
        await run.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>Kills it at once; the last number it said, 0 where it said none.</summary>
    public async Task<int> KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var rest = await _process.StandardOutput.ReadToEndAsync();
        // A number without its line end may be half of one.
        var lines = rest.Split('\n')[..^1];
        return lines.Length == 0 ? 0 : int.Parse(lines[^1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000)) _process.Kill();
        _process.Dispose();
    }
}
