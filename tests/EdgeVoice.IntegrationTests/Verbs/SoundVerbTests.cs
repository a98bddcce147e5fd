using System.Diagnostics;
using System.Text.Json;
using EdgeVoice.Core.Audio;
using EdgeVoice.IntegrationTests.Device;
using EdgeVoice.IntegrationTests.Support;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.IntegrationTests.Verbs;

/// <summary>The verbs that need a sound device, as processes, over libasound and the private sound server.</summary>
[Collection(PulseAudioFixture.Collection)]
public sealed class SoundVerbTests(PulseAudioFixture sound) : IDisposable
{
    private const int Rate = 24_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Devices_WithAServer_ListsBothEnds()
    {
        var (code, text, error) = await RunAsync("devices");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches($@"(?s)microphones.*\n  {PulseAudioFixture.Microphone} .*loudspeakers.*\n  {PulseAudioFixture.Loudspeaker} .* drop .*GPIO chips.*SPI buses", text);
        var json = JsonDocument.Parse((await RunAsync("devices", "--json")).Output).RootElement;
        var speaker = json.GetProperty("loudspeakers").EnumerateArray().Single(one => one.GetProperty("words").GetString() == PulseAudioFixture.Loudspeaker);
        Assert.Equal("drop", speaker.GetProperty("stop").GetString());
        Assert.Contains(48_000, speaker.GetProperty("rates").EnumerateArray().Select(rate => rate.GetInt32()));
        Assert.Contains(2, speaker.GetProperty("channels").EnumerateArray().Select(count => count.GetInt32()));
    }

    [Fact]
    public async Task Recorded_WhatIsPlayed_IsTheSameAndEndsWithCtrlC()
    {
        // A stream begins by rewriting what the server had already rendered.
        var sent = Tone.Chirp(300, 3_000, 1_500, Rate);
        using (var writer = new WavWriter(_folder["sent.wav"], Rate, 1))
        {
            writer.WriteSilence(Rate / 20);
            writer.Write(sent);
        }

        using var recording = Start("audio", "record", _folder["heard.wav"], "--device", PulseAudioFixture.Heard);
        Assert.StartsWith("recording from heard at 24000 Hz", await recording.StandardOutput.ReadLineAsync().WaitAsync(Patience));
        var (code, text, error) = await RunAsync("audio", "play", _folder["sent.wav"], "--device", PulseAudioFixture.Loudspeaker);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("1.550 s played through spk at 24000 Hz, nothing lost", text, StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-s", "INT", $"{recording.Id}"])) await kill.WaitForExitAsync();
        (code, text, error) = await EndedAsync(recording);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("nothing lost", text, StringComparison.Ordinal);

        var bytes = await File.ReadAllBytesAsync(_folder["heard.wav"]);
        Assert.Equal((bytes.Length - 8, bytes.Length - 44), (BitConverter.ToInt32(bytes, 4), BitConverter.ToInt32(bytes, 40)));
        var found = Comparison.Of(sent, WavFile.Read(_folder["heard.wav"]).ToMono16(Rate), Rate);
        Assert.True(found is { GapMs: 0, ErrorDb: < -60 } && Math.Abs(found.GainDb) < 0.1 && Math.Abs(found.Pitch - 1) < 1e-5, $"{found}");
    }

    [Fact]
    public async Task Record_ForATime_HasExactlyThatLengthAtItsRate()
    {
        var (code, _, error) = await RunAsync("audio", "record", _folder["tone.wav"], "--device", "tone:1000", "--seconds", "0.7", "--rate", "16000");
        Assert.Equal((0, ""), (code, error));
        var recorded = WavFile.Read(_folder["tone.wav"]);
        Assert.Equal((16_000, 1, 11_200), (recorded.Rate, recorded.Channels, recorded.Frames));
        // The tone starts with the device, in its place from the first sample on: no filter delay is left.
        for (var i = 400; i < 10_000; i++) Assert.Equal(0.2512 * Math.Sin(2 * Math.PI * 1000 * i / 16_000), recorded.Interleaved[i], 0.002);
    }

    [Fact]
    public async Task Levels_OfATone_AreWhatItIs()
    {
        var (code, text, error) = await RunAsync("audio", "levels", "--device", "tone:440", "--seconds", "1.2", "--json");
        Assert.Equal((0, ""), (code, error));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(-15, first.GetProperty("rmsDb").GetDouble(), 0.1);
        Assert.Equal(-12, first.GetProperty("peakDb").GetDouble(), 0.1);
        Assert.Equal(0, first.GetProperty("clippedSamples").GetInt32());
    }

    [Fact]
    public async Task Levels_OfNothingAtAll_SaysSoAndReturns1()
    {
        var (code, text, error) = await RunAsync("audio", "levels", "--device", "null", "--seconds", "0.5");
        Assert.Equal(1, code);
        Assert.Contains("rms -100.0", text, StringComparison.Ordinal);
        Assert.Contains("digital silence", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "capture device 'nobody' is not there", "record", "OUT", "--device", "nobody")]
    [InlineData(3, "capture device 'nobody' is not there", "levels", "--device", "nobody")]
    [InlineData(3, "playback device 'nobody' is not there", "play", "IN", "--device", "nobody")]
    [InlineData(3, "has 1 channel: --channel is 0 to 0", "record", "OUT", "--device", "null", "--channel", "3")]
    [InlineData(3, "missing.wav: no such file", "record", "OUT", "--device", "wav:missing.wav")]
    [InlineData(3, "/dev/full: cannot be written", "record", "/dev/full", "--device", "tone:440", "--seconds", "0.5")]
    [InlineData(3, "cannot be written", "record", "FOLDER", "--device", "null", "--seconds", "0.5")]
    [InlineData(3, "playback device 'wav:/dev/null/x'", "play", "IN", "--device", "wav:/dev/null/x")]
    [InlineData(2, "a directory, not a file", "play", "FOLDER", "--device", "null")]
    [InlineData(2, "missing.wav: no such file", "play", "missing.wav", "--device", "null")]
    [InlineData(2, "'tone:440' cannot be used here", "play", "IN", "--device", "tone:440")]
    [InlineData(2, "a tone is 20 to 11000 Hz", "record", "OUT", "--device", "tone:high")]
    [InlineData(2, "from 8000 to 96000", "record", "OUT", "--rate", "7999")]
    [InlineData(2, "from 0 to 100", "play", "IN", "--volume", "101")]
    [InlineData(2, "--seconds 0:", "record", "OUT", "--seconds", "0")]
    public async Task AudioVerb_WhenItCannot_SaysWhyInOneLine(int code, string part, params string[] arguments)
    {
        var input = _folder["in.wav"];
        using (var writer = new WavWriter(input, Rate, 1)) writer.WriteSilence(Rate / 10);
        var words = arguments.Select(word => word switch { "IN" => input, "OUT" => _folder["out.wav"], "FOLDER" => Path.GetDirectoryName(input)!, _ => word });
        var ended = await RunAsync(["audio", .. words]);
        Assert.Equal((code, 1), (ended.Code, ended.Error.Count(c => c == '\n')));
        Assert.Contains(part, ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.wav"]), "a file was made of nothing");
    }

    [Fact]
    public async Task Play_AtHalfVolumeThroughAnotherNumberOfChannels_IsQuieterAndWhole()
    {
        using (var writer = new WavWriter(_folder["stereo.wav"], Rate, 2))
            writer.Write([.. Tone.Sine(500, 400, Rate).SelectMany(sample => (short[])[sample, sample])]);
        var (code, _, error) = await RunAsync("audio", "play", _folder["stereo.wav"], "--device", $"wav:{_folder["out.wav"]}", "--volume", "50");
        Assert.Equal((0, ""), (code, error));
        var heard = WavFile.Read(_folder["out.wav"]);
        Assert.Equal(2, heard.Channels);
        var found = Comparison.Of(Tone.Sine(500, 400, Rate), heard.ToMono16(Rate), Rate);
        Assert.Equal(-12, found.GainDb, 0.1);
        Assert.Equal(0, found.GapMs);
    }

    [Theory]
    [InlineData("devices")]
    [InlineData("audio", "levels")]
    public async Task LibraryMissing_OneLineThatSaysWhatToInstall(params string[] arguments)
    {
        var library = Directory.EnumerateFiles("/usr/lib", "libasound.so.2.*", SearchOption.AllDirectories).First();
        // In a name space of its own nothing lies behind the library's name.
        using var program = sound.Start(
            "unshare", ["-rm", "sh", "-c", "mount --bind /dev/null \"$0\" && exec \"$@\"", library, Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "edgevoice.dll"), .. arguments]);
        var (code, _, error) = await EndedAsync(program);
        Assert.Equal(3, code);
        Assert.Matches("^edgevoice[a-z ]*: libasound.so.2 is missing: apt-get install libasound2\n$", error);
    }

    private Process Start(params string[] arguments) =>
        sound.Start(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "edgevoice.dll"), .. arguments]);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        return await EndedAsync(program);
    }

    private static async Task<(int Code, string Output, string Error)> EndedAsync(Process program)
    {
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync().WaitAsync(Patience);
        return (program.ExitCode, await output, await error);
    }
}
