namespace EdgeVoice.Tests.Verbs;

/// <summary>Paths on the command line that cannot be meant.</summary>
public sealed class PathTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("--speech: a path is missing.", "demo", "--speech", "")]
    [InlineData("--output: a path is missing.", "demo", "--output", " ")]
    [InlineData("--report: a path is missing.", "demo", "--report", "")]
    [InlineData("--config: a path is missing.", "run", "--config", "")]
    [InlineData("--script: a path is missing.", "simulator", "--script", "")]
    [InlineData("--socket: a path is missing.", "ctl", "status", "--socket", "")]
    [InlineData("IN.wav: a path is missing.", "audio", "resample", "", "out.wav", "--rate", "8000")]
    [InlineData("OUT.wav: a path is missing.", "audio", "resample", "in.wav", "", "--rate", "8000")]
    [InlineData("named by --output and --report; give each a file of its own", "demo", "--output", "no/such/file", "--report", "no/./such/file")]
    public async Task Path_ThatCannotBeMeant_IsToldInOneLineWithCode2(string part, params string[] args)
    {
        Assert.Equal(2, await Program.InvokeAsync(args, Program.Compose(_output, _error), _output, _error));
        Assert.Contains(part, _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _error.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public async Task Speech_ThatIsAlsoTheOutput_IsLeftAlone()
    {
        var file = Path.Combine(Path.GetTempPath(), $"edgevoice-{Guid.NewGuid():N}.wav");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Assets", "question.wav"), file);
        var before = await File.ReadAllBytesAsync(file);
        Assert.Equal(2, await Program.InvokeAsync(
            ["demo", "--turns", "1", "--speech", file, "--output", file], Program.Compose(_output, _error), _output, _error));
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
        File.Delete(file);
    }
}
