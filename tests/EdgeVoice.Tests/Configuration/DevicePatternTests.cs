using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class DevicePatternTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "a", true)]
    [InlineData("?", "", false)]
    [InlineData("?", "a", true)]
    [InlineData("pi-*", "pi-", true)]
    [InlineData("pi-*", "PI-1", false)]
    [InlineData("pi-?", "pi-12", false)]
    [InlineData("*-1", "a-1-1", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("a**?c", "abc", true)]
    [InlineData("a", "ab", false)]
    public void Matches_Id_AsWildcardsSay(string pattern, string id, bool expected) => Assert.Equal(expected, DevicePattern.Matches(pattern, id));

    [Fact]
    public void Matches_ManyStars_IsNoExplosion() =>
        Assert.False(DevicePattern.Matches(string.Concat(Enumerable.Repeat("*a", 120)) + "b", new string('a', 255)));

    [Theory]
    [InlineData("x", null)]
    [InlineData("pi-1", "pi-1")]
    [InlineData("pi-9", "pi-*")]
    [InlineData("pa-9", "p*-9")]
    [InlineData("pi*", "pi*")]
    public void For_Id_IsTheExactOneThenTheMostSpecific(string id, string? expected)
    {
        string[] names = ["p*", "pi-*", "p*-9", "pi-1", "pi*"];
        DeviceEntry[] devices = [.. names.Select(name => new DeviceEntry(name, 0, 0, -1))];

        Assert.Equal(expected, DeviceEntry.For(id, devices)?.Name);
    }
}
