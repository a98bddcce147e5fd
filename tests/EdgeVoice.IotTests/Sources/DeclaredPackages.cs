using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeVoice.IotTests.Sources;

/// <summary>Makes an assembly of declarations: members that name what was not taken along are left out, one round after the other.</summary>
internal static class DeclaredPackages
{
    private const int MostRounds = 20;

    private const string Usings = """
        using System; using System.IO; using System.Threading; using System.Threading.Tasks; using System.Collections.Generic; using System.Drawing;
        using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Hosting;
        """;

    private static readonly string[] OwnNamespaces =
        ["System.Device.Gpio", "System.Device.Spi", "Iot.Device.Ws28xx", "Iot.Device.Apa102", "Microsoft.Extensions.Hosting.Systemd"];

    /// <summary>What the framework and our own Core offer.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("EdgeVoice.IotSurface", StringComparison.Ordinal) && !path.EndsWith("EdgeVoice.IotTests.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles declarations.</summary>
    /// <exception cref="InvalidOperationException">They do not become consistent: the errors are named.</exception>
    public static MetadataReference Build(IReadOnlyList<string> declarations)
    {
        var text = string.Join('\n', declarations);
        var own = OwnNamespaces.Where(name => text.Contains($"namespace {name} ", StringComparison.Ordinal)).Select(name => $"using {name};");
        var root = CSharpSyntaxTree.ParseText($"{Usings}\n{string.Join(' ', own)}\n{text}").GetRoot();
        for (var round = 0; ; round++)
        {
            using var image = new MemoryStream();
            var tree = CSharpSyntaxTree.Create((CSharpSyntaxNode)root);
            var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
            var errors = CSharpCompilation.Create("Packages", [tree], Framework, options).Emit(image).Diagnostics
                .Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
            if (errors.Count == 0) return MetadataReference.CreateFromImage(image.ToArray());
            var wrong = errors.Select(error => Culprit(tree.GetRoot().FindNode(error.Location.SourceSpan))).OfType<SyntaxNode>().Distinct().ToList();
            if (wrong.Count == 0 || round == MostRounds) throw new InvalidOperationException(string.Join('\n', errors));
            root = tree.GetRoot().RemoveNodes(wrong, SyntaxRemoveOptions.KeepNoTrivia)!;
        }
    }

    // A base type that was not taken along, or the member of a type.
    private static SyntaxNode? Culprit(SyntaxNode node) =>
        (SyntaxNode?)node.AncestorsAndSelf().OfType<BaseTypeSyntax>().FirstOrDefault()
        ?? node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault(member => member.Parent is TypeDeclarationSyntax);
}
