using Xunit.Abstractions;

namespace EdgeVoice.Tests.Architecture;

/// <summary>The house as the design draws it, held over the repository and the built assemblies.</summary>
public class ArchitectureTests(ITestOutputHelper output)
{
    [Fact]
    public void Projects_Always_ReferenceAlongTheArrows() => Holds(ProjectRules.ReferencesFollowArrows(Repository.Files));

    [Fact]
    public void CoreTypes_Always_FollowTheArrows() => Holds(CoreArrows.TypesFollowArrows(CompiledCode.ProductUses));

    [Fact]
    public void CoreUsings_Always_FollowTheArrows() => Holds(CoreArrows.UsingsFollowArrows(Repository.Product));

    [Fact]
    public void Namespaces_Always_AreTheirFolders() => Holds(SourceRules.NamespaceIsFolder(Repository.CSharp));

    [Fact]
    public void NativeImports_Always_StandUnderInterop() => Holds(SourceRules.NativeImportsOnlyInInterop(Repository.Product));

    [Fact]
    public void Sockets_Always_StandUnderTransport()
    {
        Holds(SourceRules.SocketsOnlyInTransport(Repository.Product));
        Holds(CompiledRules.SocketsOnlyInTransport(CompiledCode.ProductUses));
    }

    [Fact]
    public void MethodsOptimisedAtOnce_Always_StayOutOfTheirCallers() => Holds(SourceRules.OptimisedAtOnceIsNotInlined(Repository.Product));

    [Fact]
    public void LogEventIds_Always_AreUnique() => Holds(CompiledRules.LogEventIdsAreUnique(CompiledCode.Product.SelectMany(CompiledCode.LogEvents)));

    [Fact]
    public void TopOfRepository_Always_HoldsOnlyItsFixedEntries() => Holds(ProjectRules.TopHoldsOnlyFixedEntries(Repository.TopEntries));

    [Fact]
    public void PackageVersions_Always_AreExact() => Holds(ProjectRules.PackageVersionsAreExact(Repository.Files));

    [Fact]
    public void IotPackages_Always_AreAChoice() => Holds(ProjectRules.IotIsAChoice(Repository.Files));

    [Fact]
    public void TextFiles_Always_NameNoPathOfOneMachine() => Holds(SourceRules.NoPathOfOneMachine(Repository.Files));

    [Fact]
    public void Files_Always_StayUnder400Lines() => Holds(SourceRules.NoLongFile(Repository.CSharp));

    [Fact]
    public void Files_Mostly_AreSmall()
    {
        var lines = Repository.Product.Select(file => file.LineCount).Order().ToList();
        output.WriteLine($"{lines.Count} files in src: median {lines[lines.Count / 2]} lines, nine in ten at most {lines[lines.Count * 9 / 10]}, longest {lines[^1]}");
        Holds(SourceRules.MostFilesAreSmall(Repository.Product));
    }

    private static void Holds(IReadOnlyList<string> violations) => Assert.True(violations.Count == 0, string.Join('\n', violations));
}
