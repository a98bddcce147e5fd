using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Tests.Linux;

public class MixerScaleTests
{
    [Fact]
    public void Hundredths_OfAWideRange_HalveTheAmplitudeCubed()
    {
        Assert.Equal(-10_239, MixerScale.Hundredths(0, -10_239, 400));
        Assert.Equal(400, MixerScale.Hundredths(100, -10_239, 400));
        // Half way is about 18 dB down (60 log10 of a half), not half of the decibels.
        Assert.InRange(MixerScale.Hundredths(50, -10_239, 400), -1_420, -1_200);
    }

    [Fact]
    public void Hundredths_OfANarrowRange_AreEven() => Assert.Equal(-600, MixerScale.Hundredths(50, -1_200, 0));

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(50, 16)]
    [InlineData(150, 31)]
    public void Step_OfPercent_StaysInRange(double percent, long step) => Assert.Equal(step, MixerScale.Step(percent, 0, 31));
}
