using System.Runtime.InteropServices;

namespace EdgeVoice.Benchmarks.Watch;

/// <summary>A configuration in a folder of its own, replaced in one of the ways in which people, editors and machines do it.</summary>
internal sealed partial class ReplacedFile
{
    public const string Rename = "rename";
    public const string InPlace = "in place";
    public const string Pieces = "in pieces";
    public const string ConfigMap = "ConfigMap";
    public const string Deleted = "deleted and back";
    public const string Directory = "directory gone and back";
    public const string DirectoryLink = "link to a directory";
    private const string Name = "edgevoice.json";
    private readonly string _root;
    private readonly string _style;
    private readonly TimeSpan _pause;
    private int _version;

    /// <summary>Makes the file. <paramref name="pause"/>: how long the slow style waits between its pieces.</summary>
    public ReplacedFile(string root, string style, byte[] bytes, TimeSpan pause)
    {
        (_root, _style, _pause) = (root, style, pause);
        FilePath = style switch
        {
            Directory => Path.Combine(root, "etc", "edgevoice", Name),
            DirectoryLink => Path.Combine(root, "current", "edgevoice", Name),
            _ => Path.Combine(root, Name),
        };
        if (style is Directory or DirectoryLink or ConfigMap) Replace(bytes);
        else File.WriteAllBytes(FilePath, bytes);
    }

    public static IReadOnlyList<string> Styles => [Rename, InPlace, Pieces, ConfigMap, Deleted, Directory, DirectoryLink];

    public string FilePath { get; }

    public void Replace(byte[] bytes)
    {
        _version++;
        switch (_style)
        {
            case Rename:
                File.WriteAllBytes(FilePath + ".new", bytes);
                File.Move(FilePath + ".new", FilePath, overwrite: true);
                break;
            case InPlace:
                File.WriteAllBytes(FilePath, bytes);
                break;
            case Pieces:
                WritePieces(bytes);
                break;
            case ConfigMap:
                SwapLink($"..{_version}", "..data", bytes);
                if (!File.Exists(FilePath)) File.CreateSymbolicLink(FilePath, Path.Combine("..data", Name));
                break;
            case Deleted:
                File.Delete(FilePath);
                Thread.Sleep(_pause);
                File.WriteAllBytes(FilePath, bytes);
                break;
            case Directory:
                ReplaceDirectory(bytes);
                break;
            case DirectoryLink:
                SwapLink(Path.Combine($"release-{_version}", "edgevoice"), "current", bytes);
                break;
        }
    }

    private void WritePieces(byte[] bytes)
    {
        using var stream = new FileStream(FilePath, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (var third = 0; third < 3; third++)
        {
            stream.Write(bytes.AsSpan((bytes.Length * third / 3)..(bytes.Length * (third + 1) / 3)));
            Thread.Sleep(_pause);
        }
    }

    private void ReplaceDirectory(byte[] bytes)
    {
        var parent = Path.Combine(_root, "etc");
        if (System.IO.Directory.Exists(parent)) System.IO.Directory.Delete(parent, recursive: true);
        Thread.Sleep(_pause);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllBytes(FilePath, bytes);
    }

    // As the kubelet does it: a new directory, a new link renamed over the old one, the old directory removed.
    private void SwapLink(string folder, string link, byte[] bytes)
    {
        var (place, target) = (Path.Combine(_root, link), folder.Split('/')[0]);
        System.IO.Directory.CreateDirectory(Path.Combine(_root, folder));
        File.WriteAllBytes(Path.Combine(_root, folder, Name), bytes);
        var before = new FileInfo(place).LinkTarget;
        File.CreateSymbolicLink(place + "_tmp", target);
        // .NET's own does not move a link to a directory over another.
        if (RenameOver(place + "_tmp", place) != 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        if (before is not null) System.IO.Directory.Delete(Path.Combine(_root, before), recursive: true);
    }

    [LibraryImport("libc.so.6", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameOver(string from, string to);
}
