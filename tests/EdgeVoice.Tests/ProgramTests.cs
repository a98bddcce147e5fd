using System.CommandLine;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Tests;

public class ProgramTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("probe", "--help")]
    public async Task Invoke_WhenAskedAboutItself_AnswersOnOutput(params string[] args)
    {
        Assert.Equal(0, await Invoke(() => 1, args));
        Assert.NotEmpty(_output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("edgevoice: No verb given: there is probe. See: edgevoice --help")]
    [InlineData("edgevoice: No verb is called 'prob': there is probe. See: edgevoice --help", "prob")]
    [InlineData("edgevoice probe: Option '--rate' is required. See: edgevoice probe --help", "probe")]
    [InlineData("edgevoice probe: Unrecognized command or argument '--speed'. See: edgevoice probe --help", "probe", "--rate", "1", "--speed")]
    public async Task Invoke_WhenUsageIsWrong_SaysSoInOneLineAndReturns2(string line, params string[] args)
    {
        Assert.Equal(2, await Invoke(() => 0, args));
        Assert.Equal(line + _error.NewLine, _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Invoke_WhenAVerbReturns_PassesItsCodeOn(int code) => Assert.Equal(code, await Invoke(() => code, "probe", "--rate", "1"));

    [Fact]
    public async Task Invoke_WhenAVerbThrows_SaysSoInOneLineAndReturns1()
    {
        Assert.Equal(1, await Invoke(() => throw new InvalidOperationException("no such\nthing"), "probe", "--rate", "1"));
        Assert.Equal("edgevoice: no such thing" + _error.NewLine, _error.ToString());
    }

    [Fact]
    public async Task Invoke_WhenADeviceIsMissing_Returns3() =>
        Assert.Equal(3, await Invoke(() => throw new AudioDeviceException("no microphone"), "probe", "--rate", "1"));

    [Fact]
    public async Task Invoke_WhenInterrupted_Returns130() =>
        Assert.Equal(130, await Invoke(() => throw new OperationCanceledException(), "probe", "--rate", "1"));

    [Fact]
    public void Compose_Always_DescribesEveryVerb() =>
        Assert.All(Program.Compose(_output, _error).Subcommands, verb => Assert.NotEmpty(verb.Description ?? ""));

    private Task<int> Invoke(Func<int> run, params string[] args)
    {
        var probe = new Command("probe", "A verb that does what the test says.") { new Option<int>("--rate") { Required = true } };
        probe.SetAction(async (_, stop) =>
        {
            await Task.CompletedTask.WaitAsync(stop);
            return run();
        });
        return Program.InvokeAsync(args, new RootCommand("test") { probe }, _output, _error);
    }
}
