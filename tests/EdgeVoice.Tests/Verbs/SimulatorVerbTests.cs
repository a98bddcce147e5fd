namespace EdgeVoice.Tests.Verbs;

public class SimulatorVerbTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("--listen 8765: an address and a port are meant", "--listen", "8765")]
    [InlineData("--listen 127.0.0.1: an address and a port are meant", "--listen", "127.0.0.1")]
    [InlineData("--listen 127.0.0.1:70000: an address", "--listen", "127.0.0.1:70000")]
    [InlineData("--listen ::1: an address", "--listen", "::1")]
    [InlineData("--listen somewhere:80: an address", "--listen", "somewhere:80")]
    [InlineData("--fail sulk: unknown fault 'sulk'; allowed: refuse", "--fail", "refuse", "--fail", "sulk")]
    [InlineData("--fail refuse:0: ", "--fail", "refuse:0")]
    [InlineData("--tls", "--tls", "cert.pem")]
    [InlineData("no-such-script.json", "--script", "no-such-script.json")]
    [InlineData("no-such-cert.pem", "--tls", "no-such-cert.pem", "no-such-key.pem")]
    public async Task Simulator_WhenUsageIsWrong_SaysSoInOneLineAndReturns2(string part, params string[] args)
    {
        Assert.Equal(2, await Program.InvokeAsync(["simulator", .. args], Program.Compose(_output, _error), _output, _error));
        Assert.Contains(part, _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _error.ToString().Count(c => c == '\n'));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Help_Always_NamesTheFaultsAndTheLackOfWits()
    {
        Assert.Equal(0, await Program.InvokeAsync(["simulator", "--help"], Program.Compose(_output, _error), _output, _error));
        Assert.Contains("no intelligence", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("drop-mid-audio", _output.ToString(), StringComparison.Ordinal);
    }
}
