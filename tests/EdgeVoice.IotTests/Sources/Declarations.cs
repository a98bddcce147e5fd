using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeVoice.IotTests.Sources;

/// <summary>Finds types in a folder of sources and leaves of them what is public, without bodies.</summary>
internal static class Declarations
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest)
        .WithPreprocessorSymbols("NET", "NETCOREAPP", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER");

    private static readonly string[] NotThePackage = ["tests", "test", "samples", "ref", "tools", "obj", "bin"];

    /// <summary>The declarations of a full name, as text within its namespace; all parts of a partial type. Empty where there is none.</summary>
    public static IReadOnlyList<string> Of(string fullName, IReadOnlyList<string> files)
    {
        var at = fullName.LastIndexOf('.');
        var (space, name) = (fullName[..at], fullName[(at + 1)..]);
        List<string> found = [];
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            if (!text.Contains(name, StringComparison.Ordinal) || !text.Contains($"namespace {space}", StringComparison.Ordinal)) continue;
            found.AddRange(CSharpSyntaxTree.ParseText(text, Options).GetRoot().DescendantNodes(node => node is not BlockSyntax).OfType<MemberDeclarationSyntax>()
                .Where(node => NameOf(node) == name && node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() == space)
                .Select(node => $"namespace {space} {{ {Bare(node).NormalizeWhitespace().ToFullString()} }}"));
        }

        return found;
    }

    /// <summary>C# files below a folder, without what is no part of the package itself.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split('/').Any(part => NotThePackage.Contains(part, StringComparer.OrdinalIgnoreCase)));

    private static string? NameOf(MemberDeclarationSyntax node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    private static MemberDeclarationSyntax Bare(MemberDeclarationSyntax node)
    {
        var bare = node.WithoutTrivia().WithAttributeLists([]);
        if (bare is not TypeDeclarationSyntax type) return bare;
        var members = type.Members.Where(member => type is InterfaceDeclarationSyntax || IsPublic(member)).Select(Empty).ToList();
        // What is left of a derived class calls it; who uses the package does not see it.
        if (type is ClassDeclarationSyntax && NeedsMaker(type)) members.Add(SyntaxFactory.ParseMemberDeclaration($"internal {type.Identifier}() => throw null!;")!);
        return type.WithMembers([.. members]);
    }

    private static bool NeedsMaker(TypeDeclarationSyntax type)
    {
        var makers = type.Members.OfType<ConstructorDeclarationSyntax>().ToList();
        return makers.Count > 0 && makers.TrueForAll(maker => maker.ParameterList.Parameters.Count > 0);
    }

    private static bool IsPublic(MemberDeclarationSyntax member) =>
        member is not BaseTypeDeclarationSyntax && member.Modifiers.Any(word => word.IsKind(SyntaxKind.PublicKeyword) || word.IsKind(SyntaxKind.ProtectedKeyword));

    private static MemberDeclarationSyntax Empty(MemberDeclarationSyntax member)
    {
        var nothing = SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression("throw null!"));
        var end = SyntaxFactory.Token(SyntaxKind.SemicolonToken);
        member = member.WithAttributeLists([]);
        return member switch
        {
            ConstructorDeclarationSyntax maker => maker.WithBody(null).WithInitializer(null).WithExpressionBody(nothing).WithSemicolonToken(end),
            BaseMethodDeclarationSyntax method when method.Body is not null || method.ExpressionBody is not null =>
                WithoutAsync(method).WithBody(null).WithExpressionBody(nothing).WithSemicolonToken(end),
            PropertyDeclarationSyntax { ExpressionBody: not null } property => property.WithExpressionBody(nothing).WithSemicolonToken(end),
            PropertyDeclarationSyntax { AccessorList: { } list } property => property.WithInitializer(null).WithSemicolonToken(default)
                .WithAccessorList(list.WithAccessors([.. list.Accessors.Select(accessor => accessor.Body is null && accessor.ExpressionBody is null
                    ? accessor
                    : accessor.WithBody(null).WithExpressionBody(nothing).WithSemicolonToken(end))])),
            _ => member,
        };
    }

    private static BaseMethodDeclarationSyntax WithoutAsync(BaseMethodDeclarationSyntax method) =>
        (BaseMethodDeclarationSyntax)method.WithModifiers([.. method.Modifiers.Where(word => !word.IsKind(SyntaxKind.AsyncKeyword))]);
}
