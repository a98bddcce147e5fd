using EdgeVoice.Terminal;

namespace EdgeVoice.Tests.Terminal;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text, 世界 👍🏽", "plain text, 世界 👍🏽")]
    [InlineData("", "")]
    [InlineData("[red]markup[/]", "[red]markup[/]")]
    [InlineData("a\u001b[31mred\u001b[0m b", "ared b")]
    [InlineData("a\u001b[2J\u001b[1;1Hb", "ab")]
    [InlineData("a\u001b]0;title\ab", "ab")]
    [InlineData("a\u001b]52;c;AAAA\u001b\\b", "ab")]
    [InlineData("a\u001bPdevice\u001b\\b", "ab")]
    [InlineData("a\u009b31mb", "ab")]
    [InlineData("a\u001b", "a")]
    [InlineData("a\u001b[", "a")]
    [InlineData("a\u001b[31", "a")]
    [InlineData("a\u001b]0;never ends", "a")]
    [InlineData("a\u001bcb", "ab")]
    [InlineData("a\r\n\tb\0\b\u007f", "a  b")]
    [InlineData("a\u202eb\u2066c", "abc")]
    public void Clean_OfAnyText_LeavesOneHarmlessLine(string text, string expected) => Assert.Equal(expected, TerminalText.Clean(text));

    [Fact]
    public void Clean_OfLoneSurrogates_DropsThem() => Assert.Equal("ab", TerminalText.Clean("\udc00a\ud83db\ud83d"));

    [Fact]
    public void Clean_OfRandomCharacters_LeavesNoControl()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0 ? '\u001b' : (char)random.Next(0xA0))]);
            Assert.DoesNotContain(TerminalText.Clean(text), char.IsControl);
        }
    }
}
