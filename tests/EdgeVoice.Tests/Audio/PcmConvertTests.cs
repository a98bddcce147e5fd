using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public class PcmConvertTests
{
    [Fact]
    public void RoundTrip_EverySample_IsExact()
    {
        short[] all = [.. Enumerable.Range(short.MinValue, 65_536).Select(s => (short)s)];
        var floats = new float[all.Length];
        var back = new short[all.Length];
        PcmConvert.ToFloat(all, floats);
        Assert.Equal(-1, floats[0]);
        Assert.Equal(0.5f, floats[32_768 + 16_384]);
        PcmConvert.ToInt16(floats, back);
        Assert.Equal(all, back);
    }

    [Theory]
    [InlineData(1f, 32767)]
    [InlineData(1e30f, 32767)]
    [InlineData(float.PositiveInfinity, 32767)]
    [InlineData(-1f, -32768)]
    [InlineData(-7f, -32768)]
    [InlineData(float.NegativeInfinity, -32768)]
    [InlineData(float.NaN, 0)]
    [InlineData(0.5f / 32768, 0)]
    [InlineData(1.5f / 32768, 2)]
    [InlineData(2.5f / 32768, 2)]
    [InlineData(-0.5f / 32768, 0)]
    [InlineData(-1.5f / 32768, -2)]
    [InlineData(0.51f / 32768, 1)]
    public void ToInt16_HardCases_RoundToEvenAndSaturate(float value, short expected)
    {
        // Long enough that the vector part and the scalar rest both see it.
        var source = new float[67];
        Array.Fill(source, value);
        var samples = new short[source.Length];
        PcmConvert.ToInt16(source, samples);
        Assert.All(samples, sample => Assert.Equal(expected, sample));
    }

    [Fact]
    public void ToInt16_WithDither_HasTheAverageThatRoundingLoses()
    {
        var source = new float[100_000];
        Array.Fill(source, 0.3f / 32768);
        var samples = new short[source.Length];
        uint state = 1;
        PcmConvert.ToInt16(source, samples, ref state);
        Assert.Equal(0.3, samples.Average(s => (double)s), .02);
        Assert.Equal([-1, 0, 1], samples.Distinct().Order().Select(s => (int)s));
        // The noise of triangular dither with rounding: a quarter of a step squared, whatever the signal.
        Assert.Equal(0.25, samples.Average(s => (s - 0.3) * (s - 0.3)), .02);
    }

    [Theory]
    [InlineData(SampleFormat.U8, new byte[] { 0, 128, 192 }, new[] { -1f, 0f, .5f })]
    [InlineData(SampleFormat.S16, new byte[] { 0, 0x80, 0, 0x40 }, new[] { -1f, .5f })]
    [InlineData(SampleFormat.S24, new byte[] { 0, 0, 0x80, 0, 0, 0x40, 1, 0, 0 }, new[] { -1f, .5f, 1 / 8388608f })]
    [InlineData(SampleFormat.S24In32, new byte[] { 0, 0, 0x80, 0, 0, 0, 0x40, 0xFF }, new[] { -1f, .5f })]
    [InlineData(SampleFormat.S32, new byte[] { 0, 0, 0, 0x80, 0, 0, 0, 0x40 }, new[] { -1f, .5f })]
    [InlineData(SampleFormat.F32, new byte[] { 0, 0, 0, 0xBF, 0, 0, 0xC0, 0x7F }, new[] { -.5f, 0f })]
    [InlineData(SampleFormat.F64, new byte[] { 0, 0, 0, 0, 0, 0, 0xE0, 0x3F, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F }, new[] { .5f, 0f })]
    [InlineData(SampleFormat.MuLaw, new byte[] { 0xFF, 0x80, 0x00 }, new[] { 0f, 32124 / 32768f, -32124 / 32768f })]
    [InlineData(SampleFormat.ALaw, new byte[] { 0xD5, 0x2A }, new[] { 8 / 32768f, -32256 / 32768f })]
    public void ToFloat_OfEveryFormat_ReadsTheSamples(SampleFormat format, byte[] bytes, float[] expected)
    {
        var samples = new float[expected.Length];
        Assert.Equal(expected.Length, PcmConvert.ToFloat(format, bytes, samples));
        Assert.Equal(expected, samples);
        // Half a sample at the end is left alone.
        if (PcmConvert.SizeOf(format) > 1) Assert.Equal(expected.Length, PcmConvert.ToFloat(format, [.. bytes, 1], samples));
        Assert.Throws<ArgumentException>(() => PcmConvert.ToFloat(format, bytes, new float[expected.Length - 1]));
    }
}
