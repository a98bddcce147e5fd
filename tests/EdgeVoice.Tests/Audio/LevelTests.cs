using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public sealed class LevelTests
{
    private const int Rate = 24_000;

    [Fact]
    public void DcFilter_OffsetAndVoice_LeavesTheVoiceAlone()
    {
        var samples = Sine(300, 0.25, Rate).Select(x => x + 0.2f).ToArray();
        Blocks(samples, 240, new DcFilter(Rate).Process);
        var settled = samples.AsSpan(Rate / 2);
        Assert.InRange(Mean(settled), -1e-4, 1e-4);
        Assert.Equal(LevelMeter.Rms(Sine(300, 0.25, Rate)), LevelMeter.Rms(settled), 0.05);
        Assert.All(samples, x => Assert.InRange(x, -0.5f, 0.5f));
    }

    [Fact]
    public void DcFilter_PureOffset_MakesNoThump()
    {
        float[] samples = [.. Enumerable.Repeat(0.3f, 1000)];
        new DcFilter(Rate).Process(samples);
        Assert.All(samples, x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(70, -6.2)]
    [InlineData(50, -12)]
    [InlineData(10, -40)]
    public void VolumeCurve_Setting_IsItsDecibels(int volume, double db) =>
        Assert.Equal(db, Decibels.FromFactor(VolumeCurve.ToGain(volume)), 0.1);

    [Fact]
    public void VolumeCurve_Ends_AreExact()
    {
        Assert.Equal((1f, 1f, 0f, 0f), (VolumeCurve.ToGain(100), VolumeCurve.ToGain(101), VolumeCurve.ToGain(0), VolumeCurve.ToGain(-1)));
        for (var v = 1; v <= 100; v++) Assert.True(VolumeCurve.ToGain(v) > VolumeCurve.ToGain(v - 1));
    }

    [Fact]
    public void Limiter_FullScaleSixteenBits_ChangesNoBit()
    {
        var random = new Random(1);
        float[] samples = [.. Enumerable.Range(0, 4800).Select(_ => random.Next(-32768, 32768) / 32768f)];
        float[] before = [.. samples];
        var limiter = new Limiter(Rate, 240);
        Blocks(samples, 240, limiter.Process);
        Assert.Equal(before, samples);
        Assert.Equal(0, limiter.LimitedSamples);
    }

    [Fact]
    public void Limiter_TooLoud_NeverClipsNorDistortsAndRecoversExactly()
    {
        var limiter = new Limiter(Rate, 240);
        var samples = Sine(1000, 2, Rate);
        Blocks(samples, 240, limiter.Process);
        Assert.All(samples, x => Assert.InRange(x, -1f, 32767f / 32768));
        Assert.True(limiter.LimitedSamples > 1000);
        // Turned down as a whole: what is left beside the tone is faint, where cutting the tops would leave -15 dB.
        Assert.True(Residue(samples.AsSpan(Rate / 2), 1000) < -40, $"{Residue(samples.AsSpan(Rate / 2), 1000)} dB");
        var quiet = Sine(1000, 0.5, Rate * 2);
        float[] before = [.. quiet];
        Blocks(quiet, 240, limiter.Process);
        Assert.Equal(before[^2400..], quiet[^2400..]);
    }

    [Fact]
    public void Limiter_NoNumbers_BecomeSilence()
    {
        float[] samples = [float.NaN, float.PositiveInfinity, 0.5f];
        new Limiter(Rate, 3).Process(samples);
        Assert.Equal([0, 0, 0.5f], samples);
    }

    [Fact]
    public void Dither_FaintTone_IsKeptWhereRoundingLosesIt()
    {
        // A third of a step: rounding alone makes silence of it.
        var samples = Sine(1000, 0.33 / 32768, Rate);
        var plain = new short[Rate];
        PcmConvert.ToInt16(samples, plain);
        Assert.All(plain, x => Assert.Equal(0, x));
        new Dither().Add(samples);
        PcmConvert.ToInt16(samples, plain);
        var product = plain.Select((x, i) => x * Math.Sin(2 * Math.PI * 1000 * i / Rate)).Sum() * 2 / Rate;
        Assert.InRange(product, 0.28, 0.38);
        Assert.InRange(plain.Average(x => (double)x), -0.02, 0.02);
    }

    [Fact]
    public void Dither_DigitalSilence_StaysSilent()
    {
        var samples = new float[480];
        new Dither().Add(samples);
        Assert.All(samples, x => Assert.Equal(0, x));
    }

    [Fact]
    public void CaptureMeter_CountsRunsAtFullScaleOnly()
    {
        var meter = new CaptureMeter();
        meter.Process([0.5f, 1f, 0.5f, -1f, -1f, 0.2f]);
        Assert.Equal(0, meter.ClippedSamples);
        meter.Process([1f, 1f]);
        meter.Process([1f, 1f, 0.1f]);
        Assert.Equal(4, meter.ClippedSamples);
    }

    [Fact]
    public void CaptureMeter_Silence_IsCountedUpToTheLastSample()
    {
        var meter = new CaptureMeter();
        meter.Process(new float[100]);
        meter.Process(new float[100]);
        Assert.Equal(200, meter.SilentSamples);
        meter.Process([0, 1e-6f, 0, 0]);
        Assert.Equal(2, meter.SilentSamples);
        meter.Restart();
        Assert.Equal(0, meter.SilentSamples);
    }

    private static float[] Sine(double hz, double amplitude, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hz * i / Rate)))];

    private static void Blocks(float[] samples, int block, SpanAction process)
    {
        for (var at = 0; at < samples.Length; at += block) process(samples.AsSpan(at, Math.Min(block, samples.Length - at)));
    }

    private static double Mean(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples) sum += sample;
        return sum / samples.Length;
    }

    private static double Residue(ReadOnlySpan<float> samples, double hz)
    {
        double sine = 0, cosine = 0, power = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            sine += samples[i] * Math.Sin(2 * Math.PI * hz * i / Rate);
            cosine += samples[i] * Math.Cos(2 * Math.PI * hz * i / Rate);
            power += samples[i] * samples[i];
        }

        var tone = 2 * (sine * sine + cosine * cosine) / samples.Length;
        return 10 * Math.Log10((power - tone) / tone);
    }

    private delegate void SpanAction(Span<float> samples);
}
