using EdgeVoice.Core.Configuration;
using EdgeVoice.Tests.Architecture;

namespace EdgeVoice.Tests;

/// <summary>What the README shows must work as printed.</summary>
public class ReadmeTests
{
    [Fact]
    public void Example_Always_IsAValidConfiguration()
    {
        const string Opening = "```jsonc";
        var readme = Repository.Files.Single(file => file.Path == "README.md").Text;
        var start = readme.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);
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
