using System.Diagnostics;

namespace EdgeVoice.IntegrationTests;

/// <summary>The built program as a process of its own.</summary>
public class ProgramTests
{
    [Theory]
    [InlineData(0, "--version")]
    [InlineData(0, "audio", "resample", "--help")]
    [InlineData(2)]
    [InlineData(2, "no-such-verb")]
    [InlineData(2, "audio", "resample", "missing.wav", "out.wav", "--rate", "8000")]
    public async Task Program_Always_EndsWithTheCodeOfItsAnswer(int code, params string[] args)
    {
        using var program = Start(args);
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(code, program.ExitCode);
        Assert.Equal(code == 0, (await output).Length > 0);
        Assert.Equal(code == 0 ? 0 : 1, (await error).Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Simulator_WhenToldToStop_EndsWithinTwoSeconds(string signal)
    {
        using var program = Start("simulator", "--listen", "localhost:0", "--fail", "close=1001:2");
        var first = await program.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Matches("^listening on ws://127.0.0.1:[0-9]+/v1/realtime$", first);
        var since = TimeProvider.System.GetTimestamp();
        using (var kill = Process.Start("kill", ["-s", signal, $"{program.Id}"])) await kill.WaitForExitAsync();
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, program.ExitCode);
    }

    private static Process Start(params string[] args)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "edgevoice.dll"));
        foreach (var arg in args) info.ArgumentList.Add(arg);
        return Process.Start(info)!;
    }
}
