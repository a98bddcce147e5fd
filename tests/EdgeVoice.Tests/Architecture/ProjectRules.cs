using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeVoice.Tests.Architecture;

/// <summary>Rules over projects, packages and the top folder; each returns one sentence a violation.</summary>
internal static partial class ProjectRules
{
    private static readonly string[] Top = ["src", "tests", "systemd", "hardware", "EdgeVoice.sln", "publish.sh", "README.md"];

    // What builds, publishing and test runs leave behind; git ignores them.
    private static readonly string[] Ignored = ["out", "artifacts", "TestResults", "bin", "obj"];

    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["EdgeVoice"] = ["EdgeVoice.Linux", "EdgeVoice.Iot", "EdgeVoice.Simulator", "EdgeVoice.Core"],
        ["EdgeVoice.Linux"] = ["EdgeVoice.Core"],
        ["EdgeVoice.Iot"] = ["EdgeVoice.Core"],
        ["EdgeVoice.Simulator"] = ["EdgeVoice.Core"],
        ["EdgeVoice.Core"] = [],
    };

    public static IReadOnlyList<string> TopHoldsOnlyFixedEntries(IEnumerable<string> entries) =>
        [.. entries.Where(name => !name.StartsWith('.') && !Top.Contains(name) && !Ignored.Contains(name))
            .Select(name => $"{name}: does not belong at the top of the repository")];

    public static IReadOnlyList<string> ReferencesFollowArrows(IEnumerable<SourceFile> files)
    {
        List<string> wrong = [];
        foreach (var file in files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && IsProject(file)))
        {
            var name = Path.GetFileNameWithoutExtension(file.Path);
            if (!Arrows.TryGetValue(name, out var allowed)) wrong.Add($"{file.Path}: a project the design does not name");
            else
                wrong.AddRange(Includes(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
                    .Where(target => !allowed.Contains(target)).Select(target => $"{file.Path}: {name} may not reference {target}"));
        }

        return wrong;
    }

    /// <summary>The packages of EdgeVoice.Iot, and the project itself, are asked for with -p:IotPackages=true alone.</summary>
    public static IReadOnlyList<string> IotIsAChoice(IEnumerable<SourceFile> files)
    {
        const string iot = "EdgeVoice.Iot";
        var all = files.ToList();
        var packages = all.Where(file => IsProject(file) && Path.GetFileNameWithoutExtension(file.Path) == iot).SelectMany(file => Includes(file, "PackageReference")).ToHashSet();
        List<string> wrong = [.. all.Where(file => file.Path.EndsWith(".sln", StringComparison.Ordinal) && file.Text.Contains($"{iot}.csproj", StringComparison.Ordinal))
            .Select(file => $"{file.Path}: {iot} is built on demand, not with the solution")];
        foreach (var file in all.Where(file => (IsProject(file) && Path.GetFileNameWithoutExtension(file.Path) != iot) || file.Path.EndsWith(".props", StringComparison.Ordinal)))
        {
            wrong.AddRange(XDocument.Parse(file.Text).Descendants()
                .Where(item => item.Attribute("Include")?.Value is { } include && (packages.Contains(include) || include.EndsWith($"{iot}.csproj", StringComparison.Ordinal)))
                .Where(item => item.AncestorsAndSelf().All(element => element.Attribute("Condition")?.Value != "'$(IotPackages)' == 'true'"))
                .Select(item => $"{file.Path}: {item.Attribute("Include")!.Value} without -p:IotPackages=true"));
        }

        return wrong;
    }

    /// <summary>Exact versions, in Directory.Packages.props alone; [x] refuses a substitute.</summary>
    public static IReadOnlyList<string> PackageVersionsAreExact(IEnumerable<SourceFile> files)
    {
        List<string> wrong = [];
        foreach (var file in files.Where(file => IsProject(file) || file.Path.EndsWith(".props", StringComparison.Ordinal)))
        {
            foreach (var element in XDocument.Parse(file.Text).Descendants())
            {
                var version = element.Attribute("Version")?.Value ?? element.Attribute("VersionOverride")?.Value;
                if (element.Name.LocalName == "PackageReference" && version is not null)
                    wrong.Add($"{file.Path}: {element.Attribute("Include")?.Value} {version}: versions stand in Directory.Packages.props");
                if (element.Name.LocalName == "PackageVersion" && !ExactVersion().IsMatch(version ?? ""))
                    wrong.Add($"{file.Path}: {element.Attribute("Include")?.Value} {version}: write the exact version, [1.2.3]");
            }
        }

        return wrong;
    }

    private static bool IsProject(SourceFile file) => file.Path.EndsWith(".csproj", StringComparison.Ordinal);

    private static IEnumerable<string> Includes(SourceFile file, string element) =>
        XDocument.Parse(file.Text).Descendants(element).Select(item => item.Attribute("Include")?.Value ?? "");

    [GeneratedRegex(@"^\[\d+(\.\d+)+(-[\w.]+)?\]$")]
    private static partial Regex ExactVersion();
}
