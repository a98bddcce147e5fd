namespace EdgeVoice.Tests.Architecture;

/// <summary>Rules over built assemblies; each returns one sentence a violation.</summary>
internal static class CompiledRules
{
    private static readonly string[] MayUseSockets = ["EdgeVoice.Core.Realtime.Transport", "EdgeVoice.Simulator.Server"];

    public static IReadOnlyList<string> SocketsOnlyInTransport(IEnumerable<TypeUse> uses) =>
        [.. uses.Where(use => use.To.Namespace == "System.Net.WebSockets")
            .Where(use => !MayUseSockets.Any(home => $"{use.From.Namespace}.".StartsWith($"{home}.", StringComparison.Ordinal)))
            .Select(use => $"{use.From.FullName} uses {use.To.Name}, which belongs under Realtime/Transport/")];

    public static IReadOnlyList<string> LogEventIdsAreUnique(IEnumerable<(string Where, int Id)> events)
    {
        var all = events.ToList();
        return
        [
            .. all.Where(log => log.Id < 0).Select(log => $"{log.Where}: no event id"),
            .. all.Where(log => log.Id >= 0).GroupBy(log => log.Id).Where(group => group.Count() > 1)
                .Select(group => $"event id {group.Key}: {string.Join(", ", group.Select(log => log.Where).Order())}"),
        ];
    }
}
