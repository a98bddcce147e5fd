namespace EdgeVoice.Linux.Files;

/// <summary>Every name that is looked up on the way along a path, links followed: a change of any of them may lead it elsewhere.</summary>
/// <param name="Lookups">Directories, free of links, and the names looked up in them, in order.</param>
/// <param name="File">What the path leads to; null where it leads nowhere.</param>
internal sealed record PathChain(IReadOnlyList<(string Directory, string Name)> Lookups, string? File)
{
    // As the kernel: more is a loop.
    private const int MaxLinks = 40;

    /// <summary>Follows <paramref name="path"/>, which is absolute, as far as it leads.</summary>
    public static PathChain Of(string path)
    {
        var lookups = new List<(string, string)>();
        var names = new Stack<string>();
        Push(names, path);
        var (directory, links) = ("/", 0);
        while (names.TryPop(out var name))
        {
            if (name == "..")
            {
                directory = Path.GetDirectoryName(directory) ?? "/";
                continue;
            }

            lookups.Add((directory, name));
            var next = Path.Combine(directory, name);
            if (TargetOf(next) is { } target)
            {
                if (++links > MaxLinks) break;
                if (Path.IsPathRooted(target)) directory = "/";
                Push(names, target);
            }
            else if (names.Count == 0)
            {
                return new PathChain(lookups, Path.Exists(next) ? next : null);
            }
            else
            {
                if (!Directory.Exists(next)) break;
                directory = next;
            }
        }

        return new PathChain(lookups, File: null);
    }

    /// <summary>True where both paths take the same way.</summary>
    public bool IsSameAs(PathChain other) => File == other.File && Lookups.SequenceEqual(other.Lookups);

    private static void Push(Stack<string> names, string path)
    {
        foreach (var name in path.Split('/').Reverse())
            if (name is not ("" or "."))
                names.Push(name);
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
