using System.Diagnostics;
using EdgeVoice.Benchmarks;
using EdgeVoice.IntegrationTests.Support;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Soak;

/// <summary>The short form of tests/soak.sh, and its judge.</summary>
[Collection(PulseAudioFixture.Collection)]
public class SoakTests(ITestOutputHelper output)
{
    private const int Reach = 24_000;

    [Fact]
    public async Task Soak_ForAThirdOfAMinute_FindsNothing()
    {
        // Built beside this project, with the same configuration.
        var built = Path.Combine(AppContext.BaseDirectory.Replace("EdgeVoice.IntegrationTests", "EdgeVoice.Benchmarks", StringComparison.Ordinal), "EdgeVoice.Benchmarks.dll");
        var info = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "soak.sh"), "0.34"]) { RedirectStandardOutput = true };
        info.Environment["EDGEVOICE_SOAK"] = built;
        using var soak = Process.Start(info)!;
        var text = await soak.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(90));
        await soak.WaitForExitAsync();
        output.WriteLine(text);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(soak.ExitCode == 0, text);
        Assert.Equal(3, lines.Length);
        Assert.Contains("pitch 0 ppm", lines[1], StringComparison.Ordinal);
        Assert.Matches("^passed: [0-9]{6} samples heard", lines[2]);
    }

    [Fact]
    public void Judge_OfAWholeRecording_FindsNothing()
    {
        var judge = Judged([.. new short[500], .. Signal(17, 20_000)]);
        Assert.Equal((true, 0, 0L, 0L, 20_000L, 0.0), (judge.IsLocked, judge.Breaks, judge.Lost, judge.Repeated, judge.Heard, judge.PitchPpm));
    }

    [Theory]
    [InlineData(240)]
    [InlineData(1)]
    public void Judge_WhenSamplesAreMissing_CountsThem(int missing)
    {
        var judge = Judged([.. Signal(0, 10_000), .. Signal(10_000 + missing, 10_000)]);
        Assert.Equal((true, 1, (long)missing, 0L), (judge.IsLocked, judge.Breaks, judge.Lost, judge.Repeated));
        Assert.Equal(1e6 * missing / 20_000, judge.PitchPpm, 1e-6);
    }

    [Fact]
    public void Judge_WhenABlockComesTwice_CountsIt()
    {
        var judge = Judged([.. Signal(0, 10_000), .. Signal(10_000 - 240, 10_000)]);
        Assert.Equal((true, 1, 0L, 240L), (judge.IsLocked, judge.Breaks, judge.Lost, judge.Repeated));
        Assert.True(judge.PitchPpm < -10, $"{judge.PitchPpm} ppm");
    }

    [Fact]
    public void Judge_WhenSilenceIsPutIn_CountsIt()
    {
        var judge = Judged([.. Signal(0, 10_000), .. new short[480], .. Signal(10_000, 10_000)]);
        Assert.Equal((true, 1, 0L, 480L), (judge.IsLocked, judge.Breaks, judge.Lost, judge.Repeated));
    }

    [Fact]
    public void Judge_WhenOneSampleIsWrong_TellsABreakAndLosesNothing()
    {
        var samples = Signal(0, 20_000);
        samples[9_999]++;
        var judge = Judged(samples);
        Assert.Equal((true, 1, 0L, 0L, 0.0), (judge.IsLocked, judge.Breaks, judge.Lost, judge.Repeated, judge.PitchPpm));
    }

    private static SoakJudge Judged(short[] recorded)
    {
        var judge = new SoakJudge(Reach);
        for (var at = 0; at < recorded.Length; at += 241) judge.Add(recorded.AsSpan(at, Math.Min(241, recorded.Length - at)));
        return judge;
    }

    private static short[] Signal(long from, int count)
    {
        var samples = new short[count];
        SoakSignal.Fill(from, samples);
        return samples;
    }
}
