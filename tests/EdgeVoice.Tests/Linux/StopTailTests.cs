using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Tests.Linux;

public class StopTailTests
{
    private static readonly AudioStreamFormat Format = new(24_000, 2, 240, 720);

    [Fact]
    public void Prepare_AfterMoreThanABuffer_FallsFromWhatWasWrittenThere()
    {
        var tail = new StopTail(Format);
        const int Written = 2_000;
        for (var at = 0; at < Written; at += 250) tail.Keep(Block(at, 250), at);
        const int From = Written - 700;

        var ramp = tail.Prepare(From, 700);

        Assert.Equal(96 * 2, ramp.Length);
        for (var i = 0; i < 96; i++)
        {
            var gain = ramp[2 * i] / Sample(From + i, 0);
            Assert.InRange(gain, 0.5 + 0.5 * Math.Cos(Math.PI * (i + 1) / 97) - 1e-4, 0.5 + 0.5 * Math.Cos(Math.PI * (i + 1) / 97) + 1e-4);
            Assert.Equal(gain, ramp[2 * i + 1] / Sample(From + i, 1), 1e-4);
        }
    }

    [Fact]
    public void Prepare_WithLittleLeft_IsShorterAndEndsNearNothing()
    {
        var tail = new StopTail(Format);
        tail.Keep(Block(0, 240), 0);
        var ramp = tail.Prepare(230, 10);
        Assert.Equal(20, ramp.Length);
        Assert.InRange(ramp[^2] / Sample(239, 0), 0, 0.05);
    }

    [Fact]
    public void MarginFrames_IsTwoMilliseconds() => Assert.Equal(48, new StopTail(Format).MarginFrames);

    private static float Sample(int frame, int channel) => (frame + 1 + 5_000 * channel) / 10_000f;

    private static float[] Block(int frame, int count) =>
        [.. Enumerable.Range(frame, count).SelectMany(at => new[] { Sample(at, 0), Sample(at, 1) })];
}
