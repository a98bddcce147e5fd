namespace EdgeVoice.Tests.Audio;

public sealed class NeededPackageTests
{
    [Theory]
    [InlineData(false, null, "apt-get install sox")]
    [InlineData(false, "false", "apt-get install sox")]
    [InlineData(false, "true", null)]
    [InlineData(true, "true", null)]
    [InlineData(true, null, null)]
    public void SkipReason_OnlyOutsideCi(bool isThere, string? ci, string? reason) =>
        Assert.Equal(reason, NeededPackage.SkipReason(isThere, "sox", ci));
}
