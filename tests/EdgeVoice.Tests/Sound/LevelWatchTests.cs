using EdgeVoice.Sound;

namespace EdgeVoice.Tests.Sound;

public class LevelWatchTests
{
    private const int Rate = 8_000;

    [Theory]
    [InlineData(80)]
    [InlineData(799)]
    [InlineData(5_000)]
    public void Take_OfATone_IsItsLevelWhateverTheBlocks(int block)
    {
        var watch = new LevelWatch(Rate, dcFilter: false);
        var windows = Feed(watch, Tone(0.5f, Rate), block);
        var reading = watch.Take();
        Assert.Equal((10, 1.0, 0L), (windows, reading.Seconds, reading.ClippedSamples));
        Assert.Equal(-9.03, reading.RmsDb, 0.02);
        Assert.Equal(-6.02, reading.PeakDb, 0.02);
        Assert.False(watch.IsDigitalSilence);
    }

    [Fact]
    public void Take_AfterAPause_ForgetsTheLoudAndKnowsTheFloor()
    {
        var watch = new LevelWatch(Rate, dcFilter: false);
        Feed(watch, Tone(0.5f, Rate), 100);
        watch.Take();
        Feed(watch, Tone(0.001f, Rate), 100);
        var reading = watch.Take();
        Assert.Equal(-63.0, reading.RmsDb, 0.1);
        Assert.Equal(-60, reading.PeakDb, 0.1);
        Assert.Equal(-6.02, watch.Overall.PeakDb, 0.02);
        // Five loud seconds later the quiet one counts, eleven later it does not.
        Assert.Equal(-63.0, reading.FloorDb, 0.1);
        Feed(watch, Tone(0.5f, 5 * Rate), 100);
        Assert.Equal(-63.0, watch.Take().FloorDb, 0.1);
        Feed(watch, Tone(0.5f, 6 * Rate), 100);
        Assert.Equal(-9.03, watch.Take().FloorDb, 0.1);
    }

    [Fact]
    public void Add_OfClippedSound_CountsIt()
    {
        var watch = new LevelWatch(Rate, dcFilter: true);
        Feed(watch, [.. Enumerable.Repeat(1f, 7), .. new float[Rate]], 100);
        Assert.Equal(7, watch.Take().ClippedSamples);
    }

    [Fact]
    public void IsDigitalSilence_OfZeros_IsTrueUntilSomethingComes()
    {
        var watch = new LevelWatch(Rate, dcFilter: false);
        Feed(watch, new float[Rate], 100);
        Assert.True(watch.IsDigitalSilence);
        Assert.Equal(-100, watch.Take().RmsDb);
        Feed(watch, [1e-6f], 1);
        Assert.False(watch.IsDigitalSilence);
    }

    private static int Feed(LevelWatch watch, float[] samples, int block)
    {
        var windows = 0;
        for (var at = 0; at < samples.Length; at += block) windows += watch.Add(samples.AsSpan(at, Math.Min(block, samples.Length - at)));
        return windows;
    }

    private static float[] Tone(float amplitude, int count) =>
        [.. Enumerable.Range(0, count).Select(i => amplitude * MathF.Sin(2 * MathF.PI * 1000 * i / Rate))];
}
