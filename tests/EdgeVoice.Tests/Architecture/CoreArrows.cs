using System.Text.RegularExpressions;

namespace EdgeVoice.Tests.Architecture;

/// <summary>Which folder of EdgeVoice.Core may know which; stages know none of each other.</summary>
internal static partial class CoreArrows
{
    private const string Core = "EdgeVoice.Core";
    private const int MostExamples = 5;
    private static readonly string[] StageMayUse = ["Audio", "Devices", "Diagnostics", "Configuration"];
    private static readonly string[] WireMayUse = [.. StageMayUse, "Realtime.Protocol"];
    private static readonly string[] SessionMayUse = [.. WireMayUse, "Realtime", "Realtime.Transport"];

    // Every folder knows itself; what else it may know stands here.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Diagnostics"] = [],
        ["Audio"] = ["Diagnostics"],
        ["Devices"] = ["Audio", "Diagnostics"],
        ["Configuration"] = ["Audio", "Devices", "Diagnostics", "Realtime.Protocol"],
        ["Capture"] = StageMayUse,
        ["Echo"] = StageMayUse,
        ["Uplink"] = WireMayUse,
        ["Realtime"] = SessionMayUse,
        ["Realtime.Protocol"] = StageMayUse,
        ["Realtime.Transport"] = SessionMayUse,
        ["Downlink"] = WireMayUse,
        ["Playback"] = StageMayUse,
        ["Button"] = StageMayUse,
        ["Led"] = StageMayUse,
        ["Sounds"] = StageMayUse,
        ["Tools"] = StageMayUse,
        ["Control"] = StageMayUse,
        ["Conversation"] = WireMayUse,
    };

    /// <summary>Over compiled code: sees types that no <c>using</c> names.</summary>
    public static IReadOnlyList<string> TypesFollowArrows(IEnumerable<TypeUse> uses, string root = Core) =>
        [.. uses.Select(use => (Sentence: Violation(use.From.Namespace, use.To.Namespace, root), Text: $"{use.From.Name} uses {use.To.Name}"))
            .Where(use => use.Sentence is not null).Distinct().GroupBy(use => use.Sentence, use => use.Text)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Take(MostExamples))}")];

    /// <summary>Over source text: sees constants, which the compiler leaves no trace of.</summary>
    public static IReadOnlyList<string> UsingsFollowArrows(IEnumerable<SourceFile> files)
    {
        List<string> wrong = [];
        foreach (var file in files.Where(file => file.Path.StartsWith($"src/{Core}/", StringComparison.Ordinal)))
        {
            var from = string.Join('.', file.Path.Split('/')[1..^1]);
            foreach (Match match in CoreName().Matches(file.Code))
                if (Violation(from, match.Value, Core) is { } sentence)
                    wrong.Add($"{file.Path}: {sentence}");
        }

        return wrong;
    }

    private static string? Violation(string? from, string? to, string root)
    {
        if (!IsUnder(from, root) || !IsUnder(to, root)) return null;
        var source = from == root ? null : Folder(from!, root);
        var target = to == root ? null : Folder(to!, root);
        if (source is null) return $"{from}: a folder that the table of arrows does not name";
        if (target is null) return $"{to}: a folder that the table of arrows does not name";
        return source == target || Allowed[source].Contains(target) ? null : $"{source} may not know {target}";
    }

    // The longest folder of the table that the name lies in: Realtime.Protocol before Realtime.
    private static string? Folder(string name, string root) =>
        Allowed.Keys.Where(folder => IsUnder(name, $"{root}.{folder}")).MaxBy(folder => folder.Length);

    private static bool IsUnder(string? name, string root) =>
        name is not null && name.StartsWith(root, StringComparison.Ordinal) && (name.Length == root.Length || name[root.Length] == '.');

    [GeneratedRegex(@"(?<![\w.])EdgeVoice\.Core\.[\w.]+(?=.*;)")]
    private static partial Regex CoreName();
}
