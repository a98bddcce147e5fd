using System.Text.Json;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Finds the example messages: the collected ones beside the repository where they are there, else our own copies.</summary>
internal static class ProtocolFiles
{
    /// <summary>The repository.</summary>
    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>The collected protocol folder; null where it is not there.</summary>
    public static DirectoryInfo? Shared { get; } = FindShared();

    /// <summary>Every example of a server event as (name, JSON).</summary>
    public static IEnumerable<(string Name, string Json)> ServerEvents() => Events("server");

    /// <summary>Every example of a client event as (name, JSON).</summary>
    public static IEnumerable<(string Name, string Json)> ClientEvents() => Events("client");

    /// <summary>Our own copies of the server's events alone, one of each type: the same on every machine.</summary>
    public static IReadOnlyList<string> OwnServerEvents { get; } = File.ReadAllLines(OwnFile("server"));

    private static string OwnFile(string side) =>
        Path.Combine(Root.FullName, "tests/EdgeVoice.Tests/Realtime/Protocol/Examples", side + ".jsonl");

    private static IEnumerable<(string Name, string Json)> Events(string side)
    {
        var number = 0;
        foreach (var line in File.ReadLines(OwnFile(side)))
            yield return ($"own {side} {++number}", line);
        if (Shared is null)
            yield break;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Shared.FullName, "examples", side), "*.json").Order())
        {
            // One object a line, so that the validator can take them all at once.
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            yield return (Path.GetFileName(file), JsonSerializer.Serialize(document.RootElement));
        }
    }

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeVoice.sln")))
                return folder;
        }

        throw new InvalidOperationException("EdgeVoice.sln is in no folder above the tests: run them from the repository.");
    }

    private static DirectoryInfo? FindShared()
    {
        // A checkout may lie deeper than the repository does: look beside every folder above it.
        for (var folder = Root.Parent; folder is not null; folder = folder.Parent)
        {
            var shared = new DirectoryInfo(Path.Combine(folder.FullName, "shared", "protocol"));
            if (shared.Exists)
                return shared;
        }

        return null;
    }
}
