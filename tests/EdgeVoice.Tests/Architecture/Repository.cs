namespace EdgeVoice.Tests.Architecture;

/// <summary>The working copy these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] BuildFolders = ["bin", "obj", ".git", ".vs", ".idea", "TestResults", "artifacts"];
    private static readonly string[] BinaryEndings = [".wav", ".png", ".gif", ".jpg", ".user"];

    /// <summary>Its top folder: the nearest one above the test assembly that holds EdgeVoice.sln.</summary>
    public static string Top { get; } = FindTop();

    /// <summary>Every text file, without what builds and publishing leave behind.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Read(Top).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>C# files of the product.</summary>
    public static IReadOnlyList<SourceFile> Product => [.. CSharp.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))];

    /// <summary>All C# files.</summary>
    public static IReadOnlyList<SourceFile> CSharp => [.. Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>Names of files and folders at the top.</summary>
    public static IReadOnlyList<string> TopEntries => [.. Directory.GetFileSystemEntries(Top).Select(entry => Path.GetFileName(entry)!)];

    // Its runs leave logs and recordings in its own out.
    private static string Rig => Path.Combine(Top, "tests", "rig");

    private static string FindTop()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EdgeVoice.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"no EdgeVoice.sln above {AppContext.BaseDirectory}");
    }

    private static IEnumerable<SourceFile> Read(string folder)
    {
        foreach (var child in Directory.GetDirectories(folder))
        {
            var name = Path.GetFileName(child);
            if (BuildFolders.Contains(name) || (name == "out" && (folder == Top || folder == Rig))) continue;
            foreach (var file in Read(child)) yield return file;
        }

        foreach (var file in Directory.GetFiles(folder))
            if (!BinaryEndings.Contains(Path.GetExtension(file)) && !(folder == Top && Path.GetFileName(file) == ".git"))
                yield return new SourceFile(Path.GetRelativePath(Top, file).Replace('\\', '/'), File.ReadAllText(file));
    }
}
