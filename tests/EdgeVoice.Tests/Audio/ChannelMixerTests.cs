using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public class ChannelMixerTests
{
    [Fact]
    public void ToMono_OneChannelOrAll_TakesThatOrTheAverage()
    {
        float[] frames = [.1f, .5f, -.2f, .2f, .4f, .4f];
        var mono = new float[3];
        ChannelMixer.ToMono(frames, 2, 1, mono);
        Assert.Equal([.5f, .2f, .4f], mono);
        ChannelMixer.ToMono(frames, 2, -1, mono);
        Assert.Equal([.3f, 0f, .4f], mono);
        var whole = new float[6];
        ChannelMixer.ToMono(frames, 1, -1, whole);
        Assert.Equal(frames, whole);
    }

    [Fact]
    public void ToMono_WrongShapes_Throw()
    {
        Assert.ThrowsAny<ArgumentException>(() => ChannelMixer.ToMono(new float[4], 2, 2, new float[2]));
        Assert.ThrowsAny<ArgumentException>(() => ChannelMixer.ToMono(new float[5], 2, 0, new float[4]));
        Assert.ThrowsAny<ArgumentException>(() => ChannelMixer.ToMono(new float[4], 2, 0, new float[1]));
        Assert.ThrowsAny<ArgumentException>(() => ChannelMixer.ToMono(new float[4], 0, -1, new float[4]));
    }

    [Fact]
    public void FromMono_ToThree_RepeatsEverySample()
    {
        var frames = new float[7];
        ChannelMixer.FromMono([1, 2], 3, frames);
        Assert.Equal([1, 1, 1, 2, 2, 2, 0], frames);
        Assert.Throws<ArgumentException>(() => ChannelMixer.FromMono([1, 2], 4, frames));
    }
}
