using EdgeVoice.Core.Configuration;
using EdgeVoice.Tests.Architecture;

namespace EdgeVoice.Tests;

/// <summary>What the README shows must work as printed.</summary>
public class ReadmeTests
{
    [Fact]
    public void Example_Always_IsAValidConfiguration() => IsValid(Example(0));

    [Fact]
    public void Example_OfTheSession_IsAValidConfiguration() => IsValid($$"""{ "version": 1, "defaults": { {{Example(1)}} } }""");

    private static string Example(int index)
    {
        const string Opening = "```jsonc";
        var readme = Repository.Files.Single(file => file.Path == "README.md").Text;
        var start = 0;
        for (var i = 0; i <= index; i++) start = readme.IndexOf(Opening, start, StringComparison.Ordinal) + Opening.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static void IsValid(string configuration)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, configuration);
            var result = ConfigurationReader.Read(path);
            Assert.Empty(result.Errors);
            Assert.Empty(result.Warnings);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
