using System.Security.Cryptography;
using System.Text;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Files;

namespace EdgeVoice.Service;

/// <summary>
/// The configuration that was last in force, in the state directory for the next boot: the bytes of the file behind a line with their
/// hash. Always whole: the old one or the new one.
/// </summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class LastGood(string directory)
{
    /// <summary>Its name in the state directory.</summary>
    public const string FileName = "configuration.last-good.json";

    // A comment to whoever reads the file as a configuration.
    private const string Head = "// Last good configuration, written by edgevoice; ";
    private const string Verified = "signature checked, ";
    private const string Hash = "sha256 ";
    private const int MaxHeadBytes = 256;

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(directory, FileName);

    /// <summary>
    /// Replaces the copy. <paramref name="isVerified"/>: its signature has been checked. Null when it is on the disk, else one line why not;
    /// the old copy stays then.
    /// </summary>
    public string? Save(byte[] bytes, bool isVerified = false)
    {
        try
        {
            var head = $"{Head}{(isVerified ? Verified : "")}{Hash}{Convert.ToHexStringLower(SHA256.HashData(bytes))}\n";
            byte[] copy = [.. Encoding.ASCII.GetBytes(head), .. bytes];
            // The card wears with every write, and most starts change nothing.
            if (!IsThere(copy)) DurableFile.Replace(FilePath, copy);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FilePath}: the last good configuration cannot be kept for the next start: {OneLine.Of(e.Message)}; check the state directory";
        }
    }

    /// <summary>
    /// The bytes of the copy; null where there is none (<paramref name="problem"/> is null then, too) or it must not be used, for the reason given.
    /// </summary>
    /// <param name="mustBeVerified">Refuse one whose signature was never checked.</param>
    /// <param name="problem">One line that begins with the path, or null.</param>
    public byte[]? Load(bool mustBeVerified, out string? problem)
    {
        problem = null;
        if (!Path.Exists(FilePath)) return null;
        var bytes = BoundedFile.Read(FilePath, ConfigurationReader.MaxBytes + MaxHeadBytes, refuse: null, out var error);
        problem = bytes is null ? error : ReasonAgainst(bytes, mustBeVerified) is { } reason ? $"{FilePath}: {reason}" : null;
        return problem is null ? bytes![(bytes.AsSpan().IndexOf((byte)'\n') + 1)..] : null;
    }

    private bool IsThere(byte[] copy) =>
        Path.Exists(FilePath) && BoundedFile.Read(FilePath, copy.Length, refuse: null, out _) is { } there && there.AsSpan().SequenceEqual(copy);

    private static string? ReasonAgainst(byte[] bytes, bool mustBeVerified)
    {
        var end = bytes.AsSpan(0, Math.Min(bytes.Length, MaxHeadBytes)).IndexOf((byte)'\n');
        var head = end < 0 ? "" : Encoding.ASCII.GetString(bytes, 0, end);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(end + 1)));
        if (head == Head + Verified + Hash + hash) return null;
        if (head != Head + Hash + hash) return "is damaged and not used";
        return mustBeVerified ? "was kept before signatures were asked for and is not used" : null;
    }
}
