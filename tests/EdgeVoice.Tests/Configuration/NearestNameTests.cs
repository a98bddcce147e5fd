using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("model", "Model", 0)]
    [InlineData("modle", "model", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("mode", "model", 1)]
    public void Distance_TwoNames_CountsEdits(string a, string b, int expected)
    {
        Assert.Equal(expected, NearestName.Distance(a, b));
        Assert.Equal(expected, NearestName.Distance(b, a));
    }

    [Fact]
    public void Of_Misspelt_IsTheNearest() => Assert.Equal("playback", NearestName.Of("palyback", ["capture", "playback", "echo"]));
}
