using System.Globalization;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Gpio;

/// <summary>Which GPIO chips there are: <c>/dev/gpiochip*</c>; each is asked for its label and lines, nothing is requested of it.</summary>
/// <remarks>Any thread; each call looks anew.</remarks>
public static class GpioChips
{
    private const string Prefix = "gpiochip";

    /// <summary>All chips in the folder, by number.</summary>
    /// <param name="folder">Where device nodes lie.</param>
    public static IReadOnlyList<GpioChip> List(string folder = "/dev") =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, Prefix + "*").OrderBy(Number).Select(Ask)] : [];

    private static int Number(string path) =>
        int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    /// <summary>Opens a chip; others may have it open too.</summary>
    internal static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private static string NameOf(SafeFileHandle chip, int line) => GpioNative.TryReadLine(chip, line, out var name, out _) ? name : "";

    private static GpioChip Ask(string path)
    {
        var words = Path.GetFileName(path);
        try
        {
            using var file = Open(path);
            return GpioNative.TryRead(file, out var label, out var lines)
                ? new GpioChip(words, label, lines, null) { LineNames = [.. Enumerable.Range(0, lines).Select(line => NameOf(file, line))] }
                : new GpioChip(words, null, null, "does not answer as a GPIO chip");
        }
        catch (UnauthorizedAccessException)
        {
            return new GpioChip(words, null, null, "may not be opened by this user: add the user to the group gpio");
        }
        catch (IOException e)
        {
            return new GpioChip(words, null, null, $"does not open ({e.Message})");
        }
    }
}
