using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Tests.Simulator.Devices;

public class ScriptedButtonScriptTests
{
    private static readonly ScriptedButtonStep[] Expected =
        [new(500, true), new(2000, false), new(2300, true), new(2400, false), new(2600, true)];

    [Theory]
    [InlineData("# talk\n500 press\r\n2000 release # done\n\n  +300\ttap\n+200 press")]
    [InlineData("""
        [ // talk
          {"ms": 500, "do": "press"}, {"do": "release", "ms": 2000},
          {"ms": "+300", "do": "tap"}, {"ms": "+200", "do": "press"},
        ]
        """)]
    public void Parse_LinesOrJson_SameSteps(string text) => Assert.Equal(Expected, ScriptedButtonScript.Parse(text, "s"));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing")]
    [InlineData("[]")]
    public void Parse_Nothing_NoSteps(string text) => Assert.Empty(ScriptedButtonScript.Parse(text, "s"));

    [Theory]
    [InlineData("500 press\n600 push", 2, "'push'")]
    [InlineData("500 press\n\nlater release", 3, "'later'")]
    [InlineData("500 press\n400 release", 2, "before")]
    [InlineData("-1 press", 1, "'-1'")]
    [InlineData("99999999999 press", 1, "'99999999999'")]
    [InlineData("80000000 press\n+80000000 release", 2, "more than")]
    [InlineData("5 press now", 1, "'5 press now'")]
    [InlineData("[{\"ms\": 1, \"do\": \"press\"},\n{\"ms\": 2, \"did\": \"release\"}]", 2, "'did'")]
    [InlineData("[\n{\"ms\": 1}]", 2, "both")]
    [InlineData("[\n{\"ms\": true, \"do\": \"tap\"}]", 2, "'ms'")]
    [InlineData("[\n{\"ms\": 1.5, \"do\": \"tap\"}]", 2, "'1.5'")]
    [InlineData("[\n{\"ms\": 1,\n", 3, "JSON")]
    [InlineData("[\n3]", 2, "a step is")]
    [InlineData("{\"ms\": 1}", 1, "array")]
    [InlineData("[]\n[]", 2, "JSON")]
    public void Parse_Wrong_OneLineWithFileAndLine(string text, int line, string named)
    {
        var error = Assert.Throws<InvalidDataException>(() => ScriptedButtonScript.Parse(text, "button.txt"));
        Assert.StartsWith($"button.txt:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_Missing_NamesTheFile()
    {
        var error = Assert.Throws<InvalidDataException>(() => ScriptedButtonScript.Load("/no/such/script"));
        Assert.StartsWith("/no/such/script: ", error.Message, StringComparison.Ordinal);
    }
}
