using EdgeVoice.Linux;

namespace EdgeVoice.IntegrationTests.Linux;

public class CoreDumpsTests
{
    [Fact]
    public void Forbid_Always_SetsTheSoftLimitToNothing_AndLeavesTheHardOne()
    {
        var hard = Limits().Hard;
        Assert.Null(CoreDumps.Forbid());
        Assert.Equal(("0", hard), Limits());
    }

    private static (string Soft, string Hard) Limits()
    {
        var line = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (fields[4], fields[5]);
    }
}
