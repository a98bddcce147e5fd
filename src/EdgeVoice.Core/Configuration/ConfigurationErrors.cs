namespace EdgeVoice.Core.Configuration;

/// <summary>Collects errors with their places; a hopeless file ends in a hundred lines, not in a million.</summary>
internal sealed class ConfigurationErrors(SourceText source)
{
    private const int MaxLines = 100;
    private readonly List<(long Offset, string Text)> _lines = [];
    private readonly HashSet<string> _paths = [];
    private long _more;

    /// <summary>True while another error will still be shown.</summary>
    public bool HasRoom => _lines.Count < MaxLines;

    /// <summary>True where nothing was wrong.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Adds an error at a byte; <paramref name="path"/> is the JSON path, empty for the file itself.</summary>
    public void Add(long offset, string path, string text)
    {
        if (!HasRoom)
        {
            CountUnshown();
            return;
        }

        _paths.Add(path);
        _lines.Add((offset, path.Length == 0 ? $"{source.At(offset)}: {text}" : $"{source.At(offset)}: {path}: {text}"));
    }

    /// <summary>Counts an error for which there is no room: cheap, however many there are.</summary>
    public void CountUnshown() => _more++;

    /// <summary>True where this path, or one above or below it, was found wrong already.</summary>
    public bool Covers(string path) => _paths.Any(known => IsWithin(path, known) || IsWithin(known, path));

    /// <summary>The lines in the order of the file.</summary>
    public IReadOnlyList<string> ToLines()
    {
        var lines = _lines.OrderBy(line => line.Offset).Select(line => line.Text).ToList();
        if (_more > 0)
            lines.Add($"{source.Path}: and {_more} more errors");
        return lines;
    }

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');
}
