using EdgeVoice.Rig.Signals;

namespace EdgeVoice.IntegrationTests.Signals;

/// <summary>The judge of recordings must see what it is there for.</summary>
public class ComparisonTests
{
    private const int Rate = 24_000;
    private static readonly short[] Sent = Tone.Chirp(300, 3_000, 1_000, Rate);

    [Fact]
    public void Of_DelayedAndHalved_TellsDelayAndGainAndNothingElse()
    {
        var found = Comparison.Of(Sent, [.. new short[1_234], .. Sent.Select(s => (short)(s / 2)), .. new short[500]], Rate);
        Assert.Equal(1_234, found.Delay);
        Assert.Equal(-6.02, found.GainDb, 1);
        Assert.Equal(0, found.GapMs);
        Assert.True(found.ErrorDb < -60, $"{found}");
        Assert.Equal(1, found.Pitch, 5);
    }

    [Fact]
    public void Of_HighTone_IsFoundWhereverItBegins()
    {
        var sent = Tone.Chirp(2_900, 3_100, 500, Rate);
        for (var delay = 1_000; delay < 1_008; delay++)
            Assert.Equal(delay, Comparison.Of(sent, [.. new short[delay], .. sent, .. new short[500]], Rate).Delay);
    }

    [Fact]
    public void Of_FiftyMillisecondsSilenced_TellsTheGap()
    {
        short[] heard = [.. Sent];
        heard.AsSpan(Rate / 10, Rate / 20).Clear();
        Assert.InRange(Comparison.Of(Sent, heard, Rate).GapMs, 40, 60);
    }

    [Fact]
    public void Of_TenMillisecondsDropped_TellsWhatIsShifted()
    {
        var cut = Rate / 4;
        var found = Comparison.Of(Sent, [.. Sent[..cut], .. Sent[(cut + Rate / 100)..], .. new short[1_000]], Rate);
        Assert.True(found.GapMs > 100 && found.Pitch > 1.01, $"{found}");
    }

    [Fact]
    public void Of_OnePercentSlower_TellsThePitch()
    {
        var heard = new short[Sent.Length * 101 / 100];
        for (var i = 0; i < heard.Length; i++) heard[i] = Sent[Math.Min(Sent.Length - 1, (int)(i / 1.01))];
        Assert.InRange(Comparison.Of(Sent, heard, Rate).Pitch, 0.985, 0.995);
    }

    [Fact]
    public void Of_SilenceHeard_TellsThatAllIsMissing()
    {
        var found = Comparison.Of(Sent, new short[Rate * 2], Rate);
        Assert.True(found.GapMs > 900, $"{found}");
    }
}
