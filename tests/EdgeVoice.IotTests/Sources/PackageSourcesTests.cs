using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace EdgeVoice.IotTests.Sources;

/// <summary>The adapters against declarations out of the packages' own sources, where those are given by path.</summary>
public sealed class PackageSourcesTests(ITestOutputHelper output)
{
    private const string Implicit = """
        global using System; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;
        global using System.Collections.Generic;
        """;

    [NeedsSources]
    public void Adapters_AgainstThePackagesOwnDeclarations_Compile()
    {
        var files = NeedsSourcesAttribute.Folders.SelectMany(Declarations.Files).ToList();
        List<string> declarations = [], adapters = [];
        foreach (var package in PackageSource.All)
        {
            var found = package.Types.ToDictionary(type => type, type => Declarations.Of(type, files));
            var missing = found.Where(type => type.Value.Count == 0).Select(type => type.Key).ToList();
            if (missing.Count == package.Types.Length)
            {
                output.WriteLine($"{package.Name}: not among the sources");
                continue;
            }

            Assert.True(missing.Count == 0, $"{package.Name} does not declare {string.Join(", ", missing)}");
            output.WriteLine($"{package.Name}: {found.Count} types");
            declarations.AddRange(found.Values.SelectMany(parts => parts));
            adapters.AddRange(package.Adapters);
        }

        Assert.NotEmpty(adapters);
        Assert.Empty(Errors(DeclaredPackages.Build(declarations), adapters));
    }

    [Fact]
    public void Declarations_OfASource_ArePublicAndEmptyAndConsistent()
    {
        const string source = """
            using Somewhere.Else;
            namespace A.B
            {
                public partial class Thing : Unknown, IDisposable
                {
                    private readonly int _secret = 1;
                    public Thing(int number) : base(number) { _secret = number; }
                    public async Task<int> Ask(Stream from, int count = 3) { await Task.Yield(); return _secret; }
                    public Unknown Odd => new Unknown();
                    public long Volume { get => _secret; set { } }
                    internal void Hidden() { }
                    public void Dispose() { }
                }
            }
            """;
        var folder = Directory.CreateTempSubdirectory("edgevoice-sources");
        var file = Path.Combine(folder.FullName, "Thing.cs");
        File.WriteAllText(file, source);
        var text = Assert.Single(Declarations.Of("A.B.Thing", [file]));
        folder.Delete(recursive: true);
        Assert.DoesNotContain("_secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
        var reference = DeclaredPackages.Build([text]);
        var thing = CSharpCompilation.Create("x", references: [.. DeclaredPackages.Framework, reference]).GetTypeByMetadataName("A.B.Thing")!;
        var seen = thing.GetMembers().Where(one => one.DeclaredAccessibility == Accessibility.Public && (one.CanBeReferencedByName || one.Name == ".ctor"));
        Assert.Equal([".ctor", "Ask", "Dispose", "Volume"], seen.Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    // The adapters' files with these references alone: the stand-in is not among them.
    private static List<string> Errors(MetadataReference packages, IReadOnlyList<string> folders)
    {
        var product = Path.Combine(Here(), "../../../src/EdgeVoice.Iot");
        var trees = folders.SelectMany(folder => Directory.GetFiles(Path.Combine(product, folder), "*.cs"))
            // Log lines are written by a generator, which does not run here.
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file)).Append(CSharpSyntaxTree.ParseText(Implicit));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        // By its name it may see what is internal to Core, as the product does.
        var compilation = CSharpCompilation.Create("EdgeVoice.Iot", trees, [.. DeclaredPackages.Framework, packages], options);
        return [.. compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error && one.Id != "CS8795").Select(one => one.ToString())];
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
