using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class DeviceIdTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Variable_ComesFirst() =>
        Assert.Equal("kitchen", DeviceId.Find(new Dictionary<string, string> { ["EDGEVOICE_DEVICE_ID"] = " kitchen " }, [_folder.Write("s", "1")], "host"));

    [Theory]
    [InlineData("10000000abcdef01\0", "10000000abcdef01")]
    [InlineData("10000000abcdef01\n", "10000000abcdef01")]
    [InlineData("a\0b", "a")]
    [InlineData("\0", "host")]
    [InlineData("", "host")]
    public void Find_SerialNumber_IsReadToItsZero(string serial, string expected) =>
        Assert.Equal(expected, DeviceId.Find(Nothing, [_folder["missing"], _folder.Write("serial", serial)], "host"));

    [Fact]
    public void Find_DirectoryInItsPlace_IsTheHostsName() => Assert.Equal("host", DeviceId.Find(Nothing, [_folder["."]], "host"));

    [Fact]
    public void Find_EmptyVariable_CountsAsNone() =>
        Assert.Equal("host", DeviceId.Find(new Dictionary<string, string> { ["EDGEVOICE_DEVICE_ID"] = " " }, [], "host"));
}
