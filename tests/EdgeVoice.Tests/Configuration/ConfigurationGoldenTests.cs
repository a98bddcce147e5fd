using System.Text;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Tests.Architecture;

namespace EdgeVoice.Tests.Configuration;

/// <summary>
/// What each file of Golden gives to the devices that its first lines name, or what is wrong with it. EDGEVOICE_WRITE_GOLDEN=1 writes the
/// expected texts anew: read the difference before it is committed.
/// </summary>
public sealed class ConfigurationGoldenTests
{
    private const string DeviceMark = "// device: ";
    private const string VariableMark = "// environment: ";
    private static readonly string Folder = Path.Combine(Repository.Top, "tests", "EdgeVoice.Tests", "Configuration", "Golden");

    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_GoldenFile_GivesWhatItGave(string name)
    {
        var actual = Describe(Path.Combine(Folder, name + ".json"));
        var path = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("EDGEVOICE_WRITE_GOLDEN") == "1") File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void Golden_Always_HasLayersAndErrors() => Assert.True(Directory.GetFiles(Folder, "*.json").Length >= 9);

    private static string Describe(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var lines = File.ReadAllLines(path);
        var environment = Marked(lines, VariableMark).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        var text = new StringBuilder();
        foreach (var device in Marked(lines, DeviceMark))
        {
            var result = ConfigurationReader.Parse(Path.GetFileName(path), bytes, new ConfigurationRequest(device, false, environment));
            text.Append($"{device}: {result.DeviceEntry ?? "not named"}\n");
            foreach (var line in result.Errors) text.Append($"  {line}\n");
            foreach (var value in Values(result)) text.Append($"  {value.Path} = {value.Json} <- {value.Origin}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Marked(string[] lines, string mark) =>
        lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]);

    private static IEnumerable<ConfigurationValue> Values(ConfigurationResult result) =>
        result.Options is null ? [] : ConfigurationValues.Of(result.Options, result.Origins).Where(value => value.Origin != "shipped");
}
