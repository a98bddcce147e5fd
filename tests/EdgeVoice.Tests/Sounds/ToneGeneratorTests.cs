using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Sounds;

namespace EdgeVoice.Tests.Sounds;

public sealed class ToneGeneratorTests
{
    private static readonly int[] Rates = [8_000, 16_000, 24_000, 48_000];

    public static TheoryData<SoundName, int> Tones()
    {
        var tones = new TheoryData<SoundName, int>();
        foreach (var sound in Enum.GetValues<SoundName>())
            foreach (var rate in Rates) tones.Add(sound, rate);
        return tones;
    }

    [Theory]
    [MemberData(nameof(Tones))]
    public void Tone_Always_IsShortQuietAndWithoutOffset(SoundName sound, int rate)
    {
        var tone = ToneGenerator.Make(sound, rate);
        Assert.InRange(tone.Length * 1000.0 / rate, 100, ToneGenerator.LongestMs);
        Assert.InRange(20 * Math.Log10(tone.Max(Math.Abs)), -27, -19.99);
        Assert.InRange(tone.Average(), -2e-4, 2e-4);
    }

    [Theory]
    [MemberData(nameof(Tones))]
    public void Tone_Always_HasSoftEdgesAndNoSilenceAtItsEnd(SoundName sound, int rate)
    {
        var tone = ToneGenerator.Make(sound, rate);
        // -60 dB of the peak; a click is a step.
        Assert.InRange(Math.Abs(tone[0]), 0, 2e-4);
        Assert.InRange(Math.Abs(tone[^1]), 0, 2e-4);
        Assert.True(tone.AsSpan(tone.Length - rate * 4 / 1000).ToArray().Max(Math.Abs) > 0.004, "it ends in silence");
        // No faster than its highest harmonic (1,319 Hz) moves at full level.
        var steepest = tone.Zip(tone.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(steepest < 2 * Math.PI * 1_400 / rate * ToneGenerator.Peak, $"a step of {steepest}");
    }

    [Fact]
    public void Tone_Twice_IsTheSame() =>
        Assert.All(Enum.GetValues<SoundName>(), sound => Assert.Equal(ToneGenerator.Make(sound, 24_000), ToneGenerator.Make(sound, 24_000)));

    [Fact]
    public void Tones_OfDifferentSounds_Differ()
    {
        var tones = Enum.GetValues<SoundName>().Select(sound => string.Join(',', ToneGenerator.Make(sound, 8_000))).ToList();
        Assert.Equal(tones.Count, tones.Distinct().Count());
    }

    [Theory]
    [InlineData(SoundName.Woken, true)]
    [InlineData(SoundName.StartUp, true)]
    [InlineData(SoundName.MuteOff, true)]
    [InlineData(SoundName.DoneListening, false)]
    [InlineData(SoundName.MuteOn, false)]
    public void Tone_ThatBeginsSomething_Rises(SoundName sound, bool rises)
    {
        var tone = ToneGenerator.Make(sound, 48_000);
        var (first, last) = (Pitch(tone.AsSpan(960, 1_920)), Pitch(tone.AsSpan(tone.Length - 960 - 1_920, 1_920)));
        Assert.True(rises ? last > first * 1.3 : last < first / 1.3, $"{first:0} Hz, then {last:0} Hz");
    }

    [Theory]
    [InlineData(7_999)]
    [InlineData(192_001)]
    public void Make_AbsurdRate_IsRefused(int rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneGenerator.Make(SoundName.Woken, rate));

    [Fact]
    public void Make_NoSuchSound_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ToneGenerator.Make((SoundName)99, 24_000));

    // Rising zero crossings of 40 ms.
    private static double Pitch(ReadOnlySpan<float> samples)
    {
        var crossings = 0;
        for (var i = 1; i < samples.Length; i++)
            if (samples[i - 1] < 0 && samples[i] >= 0) crossings++;
        return crossings / (samples.Length / 48_000.0);
    }
}
