namespace EdgeVoice.Core.Tools;

/// <summary>The tools of this device, by name.</summary>
/// <remarks>Never changes; any thread.</remarks>
public sealed class ToolRegistry
{
    private readonly Dictionary<string, IDeviceTool> _byName = new(StringComparer.Ordinal);

    /// <summary>Takes the tools in the order in which they are announced.</summary>
    /// <exception cref="ArgumentException">Two of them have the same name, or one has none.</exception>
    public ToolRegistry(IEnumerable<IDeviceTool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        All = [.. tools];
        foreach (var tool in All)
        {
            if (string.IsNullOrEmpty(tool.Name)) throw new ArgumentException("A tool without a name.", nameof(tools));
            if (!_byName.TryAdd(tool.Name, tool)) throw new ArgumentException($"Two tools named {tool.Name}.", nameof(tools));
        }
    }

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<IDeviceTool> All { get; }

    /// <summary>The tool of that name, or null.</summary>
    public IDeviceTool? Find(string name) => _byName.GetValueOrDefault(name);
}
