using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Tests.Conversation;

public sealed class HeardTextTests
{
    private const string Text = "one two three four five six";

    [Theory]
    [InlineData(0, 2_000, true, "")]
    [InlineData(2_000, 2_000, true, Text)]
    [InlineData(3_000, 2_000, true, Text)]
    [InlineData(1_000, 2_000, true, "one two three")]
    [InlineData(200, 2_000, true, "")]
    [InlineData(1_999, 2_000, true, "one two three four five")]
    // The text is ahead of what came: 27 characters take 1.8 s.
    [InlineData(900, 900, false, "one two three")]
    [InlineData(1_800, 2_000, false, "one two three four five")]
    [InlineData(5, 0, false, "")]
    public void Part_OfTheSound_IsItsWholeWords(double heardMs, double receivedMs, bool isWhole, string part) =>
        Assert.Equal(part, new HeardText().Part(Text, heardMs, receivedMs, isWhole));

    [Theory]
    [InlineData("今日は良い天気です", 1_000, 3_000, "今日は")]
    [InlineData("😀😀😀😀", 1_000, 2_600, "😀")]
    public void Part_WithoutBlanks_IsCutBetweenCharacters(string text, double heardMs, double receivedMs, string part) =>
        Assert.Equal(part, new HeardText().Part(text, heardMs, receivedMs, isWhole: true));

    [Fact]
    public void Learn_ASlowVoice_HasSaidLess()
    {
        var voice = new HeardText();
        for (var i = 0; i < 100; i++) voice.Learn(60, 10_000);
        Assert.Equal("one", voice.Part(Text, 1_000, 1_000, isWhole: false));
    }
}
