using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Audio;

public class ResamplerTests
{
    public static TheoryData<int, int> MeasuredPairs()
    {
        var pairs = new TheoryData<int, int>();
        foreach (var (input, output) in ResamplerProbe.Pairs) pairs.Add(input, output);
        // Card to G.711 and to the echo canceller directly, an old WAV rate, and ratios that need the interpolated table.
        foreach (var (input, output) in new[] { (48_000, 8_000), (8_000, 48_000), (44_100, 16_000), (11_025, 24_000) })
            pairs.Add(input, output);
        foreach (var (input, output) in new[] { (44_101, 24_000), (24_000, 47_999), (96_001, 24_000) })
            pairs.Add(input, output);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(MeasuredPairs))]
    public void Quality_OfEveryPair_ReachesTheFigures(int input, int output)
    {
        var probe = new ResamplerProbe(input, output, 15);
        Assert.InRange(probe.RippleDb(), 0, .05);
        Assert.InRange(probe.SoftEdgeDb(), -1.5, .05);
        Assert.InRange(probe.RejectionDb(1.05, 1.1), 80, 200);
        Assert.InRange(probe.RejectionDb(1.1, 2), 90, 200);
        Assert.InRange(probe.SnrDb(), 90, 200);
    }

    [Theory]
    [MemberData(nameof(MeasuredPairs))]
    public void Latency_OfEveryPair_IsWhatTonesShow(int input, int output)
    {
        var resampler = new Resampler(input, output);
        // The claim holds for the pairs whose slower rate is 8 kHz or more: all that are here.
        Assert.InRange(resampler.LatencyMs, 0, 3);
        Assert.Equal(resampler.LatencyMs, resampler.LatencyOutputSamples * 1000 / output, 9);
        var measured = new ResamplerProbe(input, output, 15).DelayOutputSamples(resampler.LatencyOutputSamples);
        Assert.Equal(resampler.LatencyOutputSamples, measured, .01);
    }

    [Theory]
    [InlineData(44_100, 24_000)]
    [InlineData(24_000, 48_000)]
    [InlineData(24_000, 8_000)]
    [InlineData(44_101, 24_000)]
    [InlineData(1_000, 384_000)]
    [InlineData(384_000, 1_000)]
    public void Process_WhateverTheBlocks_SameBits(int input, int output)
    {
        var random = new Random(7);
        var samples = Noise(random, 30_000);
        var whole = ResamplerProbe.Run(new Resampler(input, output), samples);
        for (var round = 0; round < 4; round++)
        {
            var resampler = new Resampler(input, output);
            var pieces = new List<float>();
            for (var at = 0; at < samples.Length;)
            {
                var count = Math.Min(samples.Length - at, random.Next(0, round switch { 0 => 2, 1 => 50, 2 => 1_500, _ => 9_000 }));
                pieces.AddRange(ResamplerProbe.Run(resampler, samples[at..(at + count)]));
                at += count;
            }

            Assert.Equal(whole.Length, pieces.Count);
            Assert.True(whole.AsSpan().SequenceEqual(pieces.ToArray()));
        }
    }

    [Theory]
    [InlineData(44_100, 24_000, 441_000, 240_000)]
    [InlineData(44_101, 24_000, 441_010, 240_000)]
    [InlineData(24_000, 44_101, 240_000, 441_010)]
    [InlineData(48_000, 24_000, 7, 4)]
    [InlineData(8_000, 24_000, 1, 3)]
    public void Process_Always_ProducesExactlyTheRatio(int input, int output, int samples, int expected)
    {
        var resampler = new Resampler(input, output);
        Assert.Equal(expected, ResamplerProbe.Run(resampler, new float[samples]).Length);
        Assert.Equal((int)resampler.LatencyOutputSamples, resampler.Flush(new float[resampler.FlushCount]));
    }

    [Fact]
    public void Process_EqualRates_IsACopyWithoutDelay()
    {
        var resampler = new Resampler(24_000, 24_000);
        var samples = Noise(new Random(1), 5_000);
        Assert.Equal(samples, ResamplerProbe.Run(resampler, samples));
        Assert.Equal(0, resampler.LatencyMs);
        Assert.Equal(0, resampler.Flush([]));
    }

    [Theory]
    [InlineData(48_000, 24_000)]
    [InlineData(24_000, 44_100)]
    [InlineData(44_101, 24_000)]
    public void Flush_AtTheEnd_BringsTheTailInPlace(int input, int output)
    {
        // A pulse in the very last millisecond must still come out, at its own time once the delay is taken off.
        var resampler = new Resampler(input, output);
        var samples = new float[input / 10];
        samples[^(input / 1000)] = 1;
        var tail = new float[resampler.FlushCount];
        var all = ResamplerProbe.Run(resampler, samples).Concat(tail[..resampler.Flush(tail)]).ToArray();
        var peak = Array.IndexOf(all, all.Max());
        var expected = (samples.Length - input / 1000) * (double)output / input + resampler.LatencyOutputSamples;
        Assert.InRange(peak, expected - 1, expected + 1);
    }

    [Fact]
    public void Reset_AfterUse_IsAsNew()
    {
        var samples = Noise(new Random(3), 3_000);
        var used = new Resampler(44_100, 24_000);
        ResamplerProbe.Run(used, samples);
        used.Reset();
        var expected = ResamplerProbe.Run(new Resampler(44_100, 24_000), samples);
        Assert.Equal(expected, ResamplerProbe.Run(used, samples));
        used.Flush(new float[used.FlushCount]);
        Assert.Equal(expected, ResamplerProbe.Run(used, samples));
    }

    [Fact]
    public void Process_NotANumber_PassesAndLeavesNothingBehind()
    {
        var resampler = new Resampler(48_000, 24_000);
        ResamplerProbe.Run(resampler, [float.NaN, float.PositiveInfinity]);
        var output = ResamplerProbe.Run(resampler, new float[2_000]);
        Assert.All(output[^800..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Process_OutputTooShort_Throws()
    {
        var resampler = new Resampler(8_000, 24_000);
        Assert.Throws<ArgumentException>(() => resampler.Process(new float[100], new float[299]));
        Assert.Equal(300, resampler.Process(new float[100], new float[300]));
        Assert.Throws<ArgumentException>(() => resampler.Flush(new float[resampler.FlushCount - 1]));
    }

    [Theory]
    [InlineData(0, 24_000)]
    [InlineData(24_000, 999)]
    [InlineData(384_001, 24_000)]
    [InlineData(-8_000, 24_000)]
    public void Construction_WithAnAbsurdRate_Throws(int input, int output) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(input, output));

    [Theory]
    [InlineData(44_100, 24_000)]
    [InlineData(24_000, 44_101)]
    public void Process_OnceBuilt_AllocatesNothing(int input, int output)
    {
        var resampler = new Resampler(input, output);
        var samples = new float[480];
        var room = new float[resampler.MaxOutput(480) + resampler.FlushCount];
        resampler.Process(samples, room);
        resampler.Flush(room);
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 50; i++) resampler.Process(samples, room);
        resampler.Flush(room);
        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    private static float[] Noise(Random random, int count)
    {
        var samples = new float[count];
        for (var i = 0; i < count; i++) samples[i] = (float)(2 * random.NextDouble() - 1);
        return samples;
    }
}
