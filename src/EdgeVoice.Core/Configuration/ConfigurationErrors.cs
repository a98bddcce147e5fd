namespace EdgeVoice.Core.Configuration;

/// <summary>Collects errors with their places; a hopeless file ends in a hundred lines, not in a million.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class ConfigurationErrors(string name)
{
    private const int MaxLines = 100;
    private readonly List<(bool IsInFile, long Offset, string Text)> _lines = [];
    private readonly HashSet<string> _paths = [];
    private long _more;

    /// <summary>True while another error will still be shown.</summary>
    public bool HasRoom => _lines.Count < MaxLines;

    /// <summary>True where nothing was wrong.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Adds an error at a byte; <paramref name="path"/> is the JSON path, empty for the text itself.</summary>
    public void Add(SourceText source, long offset, string path, string text)
    {
        if (!HasRoom)
        {
            CountUnshown();
            return;
        }

        _paths.Add(Full(source, path));
        _lines.Add((source.HasLines, offset, path.Length == 0 ? $"{source.At(offset)}: {text}" : $"{source.At(offset)}: {path}: {text}"));
    }

    /// <summary>Adds an error about the whole text; the line names the text itself.</summary>
    public void Add(string line) => _lines.Add((true, 0, line));

    /// <summary>Counts an error for which there is no room: cheap, however many there are.</summary>
    public void CountUnshown() => _more++;

    /// <summary>True where this path, or one above or below it, was found wrong already.</summary>
    public bool Covers(SourceText source, string path)
    {
        var full = Full(source, path);
        return _paths.Any(known => AreRelated(known, full));
    }

    /// <summary>True where one of two paths is the other, or above it.</summary>
    public static bool AreRelated(string one, string other) => IsWithin(one, other) || IsWithin(other, one);

    /// <summary>The lines in the order of the file, then those of the environment.</summary>
    public IReadOnlyList<string> ToLines()
    {
        var lines = _lines.OrderByDescending(line => line.IsInFile).ThenBy(line => line.Offset).Select(line => line.Text).ToList();
        if (_more > 0)
            lines.Add($"{ValueText.Escape(name)}: and {_more} more errors");
        return lines;
    }

    private static string Full(SourceText source, string path) => source.HasLines ? path : $"{source.Name}: {path}";

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');
}
