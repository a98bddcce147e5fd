using System.Text.RegularExpressions;

namespace EdgeVoice.Tests.Architecture;

/// <summary>Rules over source text; each returns one sentence a violation, empty when the rule holds.</summary>
internal static partial class SourceRules
{
    private const int MostLines = 400;
    private const string StandIn = "tests/EdgeVoice.IotSurface/";

    public static IReadOnlyList<string> NoLongFile(IEnumerable<SourceFile> files) =>
        [.. files.Where(file => file.LineCount > MostLines).Select(file => $"{file.Path}: {file.LineCount} lines, {MostLines} at most")];

    public static IReadOnlyList<string> MostFilesAreSmall(IReadOnlyCollection<SourceFile> files)
    {
        var under80 = files.Count(file => file.LineCount < 80);
        var under200 = files.Count(file => file.LineCount < 200);
        List<string> wrong = [];
        if (under80 * 2 < files.Count) wrong.Add($"{under80} of {files.Count} files are under 80 lines; half must be");
        if (under200 * 10 < files.Count * 9) wrong.Add($"{under200} of {files.Count} files are under 200 lines; nine in ten must be");
        return wrong;
    }

    public static IReadOnlyList<string> NamespaceIsFolder(IEnumerable<SourceFile> files)
    {
        List<string> wrong = [];
        foreach (var file in files)
        {
            // src/EdgeVoice.Core/Audio/X.cs -> EdgeVoice.Core.Audio; a stand-in has the namespaces of what it stands for.
            var expected = string.Join('.', file.Path.Split('/')[(file.Path.StartsWith(StandIn, StringComparison.Ordinal) ? 2 : 1)..^1]);
            var declared = NamespaceDeclaration().Matches(file.Code).Select(match => match.Groups[1].Value).ToList();
            if (declared.Count == 0 && TypeDeclaration().IsMatch(file.Code)) wrong.Add($"{file.Path}: no namespace, its folder says {expected}");
            wrong.AddRange(declared.Where(name => name != expected).Select(name => $"{file.Path}: namespace {name}, its folder says {expected}"));
        }

        return wrong;
    }

    public static IReadOnlyList<string> NativeImportsOnlyInInterop(IEnumerable<SourceFile> files) =>
        [.. files.Where(file => NativeImport().IsMatch(file.Code))
            .Where(file => !file.Path.Contains("/Interop/", StringComparison.Ordinal) || InCore(file))
            .Select(file => $"{file.Path}: native imports belong under Interop/, and never into EdgeVoice.Core")];

    public static IReadOnlyList<string> SocketsOnlyInTransport(IEnumerable<SourceFile> files) =>
        [.. files.Where(file => file.Code.Contains("System.Net.WebSockets", StringComparison.Ordinal))
            .Where(file => !file.Path.StartsWith("src/EdgeVoice.Core/Realtime/Transport/", StringComparison.Ordinal))
            .Where(file => !file.Path.StartsWith("src/EdgeVoice.Simulator/Server/", StringComparison.Ordinal))
            .Select(file => $"{file.Path}: System.Net.WebSockets belongs under Realtime/Transport/ (and the simulator's Server/)")];

    /// <summary>Inlined into an ordinary method, one that is to be optimised at once is compiled like its caller: late.</summary>
    public static IReadOnlyList<string> OptimisedAtOnceIsNotInlined(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(file => MethodOptions().Matches(file.Code)
            .Where(match => match.Value.Contains("AggressiveOptimization", StringComparison.Ordinal))
            .Where(match => !match.Value.Contains("NoInlining", StringComparison.Ordinal))
            .Select(_ => $"{file.Path}: AggressiveOptimization needs NoInlining beside it"))];

    /// <summary>A path of the machine something was written on helps nobody else.</summary>
    public static IReadOnlyList<string> NoPathOfOneMachine(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(file => MachinePath().Matches(file.Text).Select(match => $"{file.Path}: {match.Value} exists on one machine only"))];

    private static bool InCore(SourceFile file) => file.Path.StartsWith("src/EdgeVoice.Core/", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|delegate)\s+\w+")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\b(LibraryImport|DllImport)(Attribute)?\s*\(|\bstatic\s+extern\b|\bNativeLibrary\s*\.")]
    private static partial Regex NativeImport();

    [GeneratedRegex(@"\bMethodImpl(Attribute)?\s*\([^)]*\)")]
    private static partial Regex MethodOptions();

    [GeneratedRegex(@"(?<![\w.~*])/(?:work|root)/[\w.-]+")]
    private static partial Regex MachinePath();
}
