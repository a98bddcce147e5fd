using System.Collections.Concurrent;
using System.Text;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>The table of cells, and what is left over of devices that are gone.</summary>
public sealed class FaultTable : IDisposable
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> _rows = new();

    internal void Add(string fault, IReadOnlyDictionary<CellState, string> cells) =>
        _rows[fault] = cells.ToDictionary(cell => cell.Key.ToString(), cell => cell.Value);

    /// <summary>Threads of a device that still run; the devices of a row have all been disposed.</summary>
    internal static IReadOnlyList<string> Leftovers() =>
    [
        .. Directory.EnumerateDirectories("/proc/self/task").Select(Name)
            .Where(name => name.StartsWith("ev-", StringComparison.Ordinal)),
    ];

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
