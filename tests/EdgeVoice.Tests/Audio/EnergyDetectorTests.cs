using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public class EnergyDetectorTests
{
    private const string Speech = "/usr/share/asterisk/sounds/en";

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(24_000)]
    public void Process_SilenceAndSteadyNoise_IsNoSpeech(int rate)
    {
        var detector = new EnergyDetector(rate);
        Assert.False(detector.Process(new short[rate]));
        Assert.False(detector.Process(Noise(rate * 5, -50)));
        Assert.False(detector.HeardSpeech);
        Assert.Equal(6_000, detector.SilenceMs);
        Assert.Equal(-50, detector.LevelDb, 2f);
        var fresh = new EnergyDetector(rate);
        fresh.Process(Noise(rate * 5, -50));
        Assert.False(fresh.HeardSpeech);
    }

    [Fact]
    public void Process_LouderSteadyNoise_IsLearntWithinThreeSeconds()
    {
        var detector = new EnergyDetector(24_000);
        detector.Process(Noise(24_000 * 3, -35));
        Assert.False(detector.IsSpeech);
        Assert.Equal(-36, detector.NoiseDb, 3f);
        Assert.True(detector.Process(Noise(2_400, -15)));
    }

    [Fact]
    public void Process_OffsetAndClick_IsNoSpeech()
    {
        var detector = new EnergyDetector(24_000);
        var offset = new short[24_000];
        Array.Fill(offset, (short)3_000);
        offset.AsSpan(12_000, 120).Fill(20_000);
        detector.Process(offset);
        Assert.False(detector.HeardSpeech);
    }

    [NeedsPackageTheory(Speech, "asterisk-core-sounds-en-wav")]
    [InlineData("pbx-invalid.wav")]
    [InlineData("vm-intro.wav")]
    [InlineData("demo-congrats.wav")]
    public void Process_RecordedSpeechFromNoHistory_IsFoundAtOnce(string file)
    {
        var samples = WavFile.Read(Path.Combine(Speech, file)).ToMono16(16_000);
        var onset = Onset(samples, 16_000);
        var detector = new EnergyDetector(16_000);
        // From the first audible sample on, as a press in the middle of a word.
        Assert.True(detector.Process(samples.AsSpan(onset, 1_600)));
        detector.Process(samples.AsSpan(onset + 1_600));
        detector.Process(new short[16_000 / 2]);
        Assert.False(detector.IsSpeech);
        Assert.True(detector.HeardSpeech);
        Assert.InRange(detector.SilenceMs, 500, 1_500);
        detector.Reset();
        Assert.False(detector.HeardSpeech);
        Assert.Equal(0, detector.SilenceMs);
    }

    [NeedsPackageFact(Speech, "asterisk-core-sounds-en-wav")]
    public void Process_SpeechInNoise_FindsMostOfItAndNotTheGaps()
    {
        var speech = WavFile.Read(Path.Combine(Speech, "demo-congrats.wav")).ToMono16(16_000);
        var noise = Noise(speech.Length, -50);
        var (detector, clean) = (new EnergyDetector(16_000), new EnergyDetector(16_000));
        var (both, spoken) = (0, 0);
        for (var at = 0; at + 160 <= speech.Length; at += 160)
        {
            var block = new short[160];
            for (var i = 0; i < block.Length; i++) block[i] = (short)Math.Clamp(speech[at + i] + noise[at + i], -32768, 32767);
            var heard = detector.Process(block);
            if (!clean.Process(speech.AsSpan(at, 160))) continue;
            spoken++;
            if (heard) both++;
        }

        Assert.InRange((double)spoken * 160 / speech.Length, .4, .99);
        Assert.InRange((double)both / spoken, .9, 1);
    }

    [Fact]
    public void Process_AnyBlockSize_SameDecisions()
    {
        short[] samples = [.. new short[8_000], .. Noise(8_000, -20), .. new short[8_000]];
        var (whole, pieces) = (new EnergyDetector(16_000), new EnergyDetector(16_000));
        whole.Process(samples);
        for (var at = 0; at < samples.Length; at += 77) pieces.Process(samples.AsSpan(at, Math.Min(77, samples.Length - at)));
        Assert.True(whole.HeardSpeech);
        Assert.Equal((whole.IsSpeech, whole.SilenceMs, whole.LevelDb, whole.Level), (pieces.IsSpeech, pieces.SilenceMs, pieces.LevelDb, pieces.Level));
        Assert.Equal(500, whole.SilenceMs);
    }

    [Fact]
    public void Level_ForLights_RisesAtOnceAndFalls()
    {
        var detector = new EnergyDetector(24_000);
        Assert.Equal(0, detector.Level);
        detector.Process(Noise(240, -12));
        Assert.InRange(detector.Level, .9f, 1);
        detector.Process(new short[24_000]);
        Assert.Equal(0, detector.Level);
    }

    [Fact]
    public void Meter_KnownSignals_HaveKnownLevels()
    {
        short[] square = [-32768, -32768, -32768];
        Assert.Equal(0, LevelMeter.Rms(square), .001f);
        Assert.Equal(0, LevelMeter.Peak(square), .001f);
        Assert.Equal(-6.02f, LevelMeter.Rms([.5f, -.5f]), .01f);
        Assert.Equal(-6.02f, LevelMeter.Peak([.1f, -.5f]), .01f);
        Assert.Equal(LevelMeter.Floor, LevelMeter.Rms(new short[9]));
        Assert.Equal(LevelMeter.Floor, LevelMeter.Rms(ReadOnlySpan<float>.Empty));
        Assert.Equal(LevelMeter.Floor, LevelMeter.Peak(ReadOnlySpan<short>.Empty));
    }

    private static short[] Noise(int count, double db)
    {
        var random = new Random(5);
        var peak = 32768 * Math.Pow(10, db / 20) * Math.Sqrt(3);
        var samples = new short[count];
        for (var i = 0; i < count; i++) samples[i] = (short)Math.Clamp(peak * (2 * random.NextDouble() - 1), -32768, 32767);
        return samples;
    }

    private static int Onset(short[] samples, int rate)
    {
        var frame = rate / 100;
        for (var at = 0; at + frame <= samples.Length; at += frame)
            if (LevelMeter.Rms(samples.AsSpan(at, frame)) > -35)
                return at;
        throw new InvalidOperationException("no speech in the recording");
    }
}
