using System.Collections.Concurrent;
using System.Text;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>The table of cells, and what is left over of devices that are gone.</summary>
public sealed class FaultTable : IDisposable
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _rows = new();
    private readonly HashSet<string> _before = TcpSockets();

    internal void Add(string fault, IReadOnlyDictionary<CellState, string> cells) =>
        _rows[fault] = cells.ToDictionary(cell => cell.Key.ToString(), cell => cell.Value);

    /// <summary>Threads and TCP sockets of devices that are gone, after at most two seconds for the kernel and the pool to let go of them.</summary>
    internal async Task<IReadOnlyList<string>> LeftoversAsync()
    {
        List<string> left = [];
        for (var tries = 0; tries < 20; tries++)
        {
            left = [.. Threads(), .. TcpSockets().Except(_before).Select(inode => $"TCP socket {inode}")];
            if (left.Count == 0) break;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return left;
    }

    private static IEnumerable<string> Threads() => Directory.EnumerateDirectories("/proc/self/task").Select(Name)
        .Where(name => name.StartsWith("ev-", StringComparison.Ordinal));

    /// <summary>Inodes of this process's TCP sockets, listening ones too.</summary>
    private static HashSet<string> TcpSockets()
    {
        string[] tables = ["/proc/net/tcp", "/proc/net/tcp6"];
        var tcp = tables.Where(File.Exists).SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[9]).ToHashSet();
        return [.. Directory.EnumerateFiles("/proc/self/fd").Select(Target)
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).Where(tcp.Contains)];
    }

    private static string Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // It was closed meanwhile.
            return "";
        }
    }

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("EDGEVOICE_CELLS") is { Length: > 0 } path) File.WriteAllText(path, Text());
    }

    private static string Name(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }

    private string Text()
    {
        var states = CellState.All.Select(state => state.ToString()).ToList();
        var text = new StringBuilder($"| fault | {string.Join(" | ", states)} |\n| --- |{string.Concat(states.Select(_ => " --- |"))}\n");
        foreach (var name in CellFault.All.Select(fault => fault.Name).Where(_rows.ContainsKey))
            text.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", states.Select(state => _rows[name][state].Replace('|', '/'))).Append(" |\n");
        return text.ToString();
    }
}
