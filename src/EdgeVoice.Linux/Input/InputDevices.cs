using System.Globalization;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Input;

/// <summary>Which input devices with keys there are: <c>/dev/input/event*</c>.</summary>
/// <remarks>Any thread; each call looks anew.</remarks>
public static class InputDevices
{
    private const string Folder = "/dev/input";
    private const string Prefix = "event";
    private const string NoPermission = "may not be opened by this user: add the user to the group input";
    private const int MostKeys = 6;

    /// <summary>All of them in the folder, by number; one without keys is no button.</summary>
    /// <param name="folder">Where device nodes lie.</param>
    public static IReadOnlyList<InputDevice> List(string folder = Folder) => [.. Paths(folder).Select(Ask).OfType<InputDevice>()];

    /// <summary>
    /// Opens a device by its name or by a path and takes it for this program alone; null and why, with what to do, when it cannot be had.
    /// </summary>
    internal static SafeFileHandle? TryTake(string nameOrPath, int? key, out string problem)
    {
        if (Find(nameOrPath, out problem) is not { } device) return null;
        var keys = new KeySet();
        if (!InputNative.TryReadKeys(device, keys.Bits) || keys.IsEmpty) problem = "has no keys: configure another device";
        else if (key is { } only && !keys.Has(only)) problem = $"has no key {KeyNames.NameOf(only)}; it has {string.Join(", ", Names(keys))}";
        else if (InputNative.TryTake(device) is not 0 and var error) problem = Refusal(error);
        if (problem.Length == 0) return device;
        device.Dispose();
        return null;
    }

    /// <summary>Why a device was not given.</summary>
    internal static string Refusal(int error) => -error == Errno.Busy
        ? "is held by another program: end that, or configure another device"
        : $"cannot be taken ({Marshal.GetPInvokeErrorMessage(error)}): configure another device";

    private static SafeFileHandle? Find(string nameOrPath, out string problem)
    {
        if (nameOrPath.StartsWith('/')) return TryOpen(nameOrPath, out problem);
        var closed = "";
        foreach (var path in Paths(Folder))
        {
            var device = TryOpen(path, out var why);
            if (device is null) closed = why;
            else if (InputNative.TryReadName(device, out var name) && name == nameOrPath) return Found(device, out problem);
            device?.Dispose();
        }

        problem = closed == NoPermission ? $"not found among what may be opened: add the user to the group input" : "no such input device; \"edgevoice devices\" lists them";
        return null;
    }

    private static SafeFileHandle Found(SafeFileHandle device, out string problem)
    {
        problem = "";
        return device;
    }

    private static IEnumerable<string> Paths(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, Prefix + "*").OrderBy(Number).ThenBy(path => path, StringComparer.Ordinal) : [];

    private static int Number(string path) =>
        int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static SafeFileHandle? TryOpen(string path, out string problem)
    {
        problem = "";
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException)
        {
            problem = NoPermission;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "no such input device; \"edgevoice devices\" lists them";
        }
        catch (IOException e)
        {
            problem = $"does not open ({e.Message})";
        }

        return null;
    }

    private static InputDevice? Ask(string path)
    {
        using var device = TryOpen(path, out var problem);
        if (device is null) return new InputDevice($"input:{path}", path, [], 0, problem);
        var keys = new KeySet();
        if (!InputNative.TryReadName(device, out var name) || !InputNative.TryReadKeys(device, keys.Bits) || keys.IsEmpty) return null;
        // A name is what stays the same when the device is plugged in elsewhere.
        return new InputDevice($"input:{(string.IsNullOrWhiteSpace(name) ? path : name)}", path, Names(keys), keys.Codes.Count(), null);
    }

    private static List<string> Names(KeySet keys) => [.. keys.Codes.Take(MostKeys).Select(KeyNames.NameOf)];
}
