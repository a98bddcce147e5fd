using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Tests.Simulator.Server;

public sealed class BabbleTests
{
    [Theory]
    [InlineData("kitchen", 2)]
    [InlineData("hmm", 1)]
    [InlineData("idea", 2)]
    [InlineData("10:45", 4)]
    public void Syllables_OfAWord_AreItsVowelGroupsAndDigits(string word, int count) => Assert.Equal(count, Babble.Syllables(word));

    [Fact]
    public void Speak_TwoWords_LastsItsSyllablesAndPauses() =>
        Assert.Equal((3 * 3600) + (2 * 1440), Babble.Speak("kitchen help", 24000).Length);

    [Fact]
    public void Speak_AnEndlessText_IsBounded() =>
        Assert.InRange(Babble.Speak(string.Concat(Enumerable.Repeat("a ", 100_000)), 8000).Length, 1, 4000 * 8000);

    [Fact]
    public void Tone_Always_BeginsAndEndsSoftly()
    {
        var tone = Babble.Tone(1000, 100, 24000);
        Assert.Equal(2400, tone.Length);
        Assert.InRange(Math.Abs((int)tone[0]) + Math.Abs((int)tone[^1]), 0, 300);
        Assert.InRange(tone.Max(), 8000, 8192);
    }
}
