using System.Runtime.InteropServices;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Gpio;

/// <summary>Lines of one GPIO chip as outputs, off when taken.</summary>
/// <remarks>One thread. <see cref="Set"/> allocates nothing unless it fails.</remarks>
internal sealed class GpioOutputs : IGpioOutputs
{
    private const string Consumer = "edgevoice lights";
    private const int InUse = 16; // EBUSY
    private const int NoSuchLine = 22; // EINVAL
    private readonly string _what;
    private readonly int _count;
    private readonly SafeFileHandle _lines;

    private GpioOutputs(string what, int count, SafeFileHandle lines) => (_what, _count, _lines) = (what, count, lines);

    /// <summary>Takes lines by number of a chip, by its name below <c>/dev</c> or its label; <paramref name="activeLow"/>: on is low.</summary>
    /// <exception cref="IOException">The chip or a line is missing, forbidden or in use: what to do is said.</exception>
    public static GpioOutputs Open(string chip, ReadOnlySpan<int> lines, bool activeLow, string folder = "/dev")
    {
        var path = PathOf(chip, folder);
        var what = $"{path}, lines {string.Join(", ", lines.ToArray())}";
        using var file = OpenChip(path);
        var held = GpioOutputNative.Request(file, lines, Consumer, activeLow);
        return held is not null ? new GpioOutputs(what, lines.Length, held) : throw Failed(what, "cannot be taken as outputs");
    }

    /// <inheritdoc/>
    public void Set(int bits)
    {
        if (GpioOutputNative.Set(_lines, (ulong)bits, _count) < 0) throw Failed(_what, "cannot be set");
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static string PathOf(string chip, string folder)
    {
        var path = Path.Combine(folder, chip);
        if (File.Exists(path)) return path;
        var labelled = GpioChips.List(folder).FirstOrDefault(known => known.Label == chip);
        return labelled is null ? path : Path.Combine(folder, labelled.Words);
    }

    private static SafeFileHandle OpenChip(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"there is no GPIO chip {path}: see edgevoice devices for those there are", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} may not be opened by this user: add the user to the group gpio", e);
        }
    }

    private static IOException Failed(string what, string problem)
    {
        var error = Marshal.GetLastPInvokeError();
        var remedy = error switch
        {
            InUse => "another program or driver holds one of them: gpioinfo names it",
            NoSuchLine => "name lines that the chip has, each once",
            _ => "see edgevoice devices for the chips there are",
        };
        return new IOException($"{what}: {problem} ({Errno.Name(-error)}: {Marshal.GetPInvokeErrorMessage(error)}): {remedy}");
    }
}
