using EdgeVoice.Core.Audio;
using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Tests.Linux;

public class CardSamplesTests
{
    [Theory]
    [InlineData(SampleFormat.S16, 32_768)]
    [InlineData(SampleFormat.S24, 8_388_608)]
    [InlineData(SampleFormat.S24In32, 8_388_608)]
    [InlineData(SampleFormat.S32, 8_388_608)]
    [InlineData(SampleFormat.F32, 8_388_608)]
    public void FromFloat_AndBack_KeepsEveryStep(SampleFormat format, int scale)
    {
        var random = new Random(1);
        float[] samples = [-1, 1f - 1f / scale, 0, 1f / scale, -1f / scale, .. Enumerable.Range(0, 500).Select(_ => random.Next(-scale, scale) / (float)scale)];
        var bytes = new byte[samples.Length * PcmConvert.SizeOf(format)];
        var back = new float[samples.Length];
        CardSamples.FromFloat(format, samples, bytes);
        Assert.Equal(samples.Length, PcmConvert.ToFloat(format, bytes, back));
        Assert.Equal(samples, back);
    }

    [Theory]
    [InlineData(SampleFormat.S16)]
    [InlineData(SampleFormat.S24)]
    [InlineData(SampleFormat.S24In32)]
    [InlineData(SampleFormat.S32)]
    [InlineData(SampleFormat.F32)]
    public void FromFloat_OutOfRange_SaturatesAndSilencesNaN(SampleFormat format)
    {
        var bytes = new byte[4 * PcmConvert.SizeOf(format)];
        var back = new float[4];
        CardSamples.FromFloat(format, [3, -3, float.NaN, float.PositiveInfinity], bytes);
        PcmConvert.ToFloat(format, bytes, back);
        Assert.InRange(back[0], 0.9999f, 1);
        Assert.Equal((-1f, 0f), (back[1], back[2]));
        Assert.InRange(back[3], 0.9999f, 1);
    }

    [Fact]
    public void FromFloat_IntoTooLittle_Throws() =>
        Assert.Throws<ArgumentException>(() => CardSamples.FromFloat(SampleFormat.S24, new float[2], new byte[5]));
}
