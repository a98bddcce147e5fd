using System.Diagnostics;
using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.IntegrationTests.Support;

/// <summary>What is played through libasound arrives whole, at its own pace.</summary>
[Collection(PulseAudioFixture.Collection)]
public class PulseAudioFixtureTests(PulseAudioFixture sound)
{
    private const int Rate = 24_000;
    private const int SignalMs = 1_000;

    // A stream begins by rewriting what the server had already rendered, up to 10 ms, which the recording side has had by then.
    private static readonly short[] Lead = new short[Rate / 20];

    // aplay's own buffer, which it fills before it starts, and the way through the server.
    private static readonly string[] Format = ["-q", "-f", "S16_LE", "-r", "24000", "-c", "1", "--period-time=20000", "--buffer-time=200000"];

    [Theory]
    [InlineData(PulseAudioFixture.Loudspeaker, PulseAudioFixture.Heard)]
    [InlineData(PulseAudioFixture.Room, PulseAudioFixture.Microphone)]
    public async Task Tone_PlayedIntoOneEnd_IsRecordedWholeFromTheOther(string into, string from)
    {
        var sent = Tone.Chirp(300, 3_000, SignalMs, Rate);
        var played = Path.Combine(sound.Folder, $"{into}-sent.wav");
        var recorded = Path.Combine(sound.Folder, $"{into}-heard.wav");
        using (var writer = new WavWriter(played, Rate, 1))
        {
            writer.Write(Lead);
            writer.Write(sent);
        }

        using var recording = sound.Start("arecord", [.. Format, "-D", from, "-d", "4", recorded]);
        await SoundComesAsync(recorded);
        var began = Stopwatch.GetTimestamp();
        using var playing = sound.Start("aplay", [.. Format, "-D", into, played]);
        await EndsAsync(playing);
        var took = Stopwatch.GetElapsedTime(began);
        await EndsAsync(recording);

        Assert.True(took > TimeSpan.FromMilliseconds(SignalMs - 50), $"{SignalMs} ms were played in {took.TotalMilliseconds:0} ms: nothing paces them");
        var found = Comparison.Of(sent, WavFile.Read(recorded).ToMono16(Rate), Rate);
        Assert.True(found is { GapMs: 0, ErrorDb: < -50 } && Math.Abs(found.GainDb) < 0.1 && Math.Abs(found.Pitch - 1) < 1e-4, $"{found}");
    }

    // Its header comes at once, its first samples when the recording runs.
    private static async Task SoundComesAsync(string file)
    {
        var began = Stopwatch.GetTimestamp();
        while (!File.Exists(file) || new FileInfo(file).Length <= 1_000)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "nothing is recorded");
            await Task.Delay(5);
        }
    }

    private static async Task EndsAsync(Process process)
    {
        var problem = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(process.ExitCode == 0, await problem);
    }
}
