using System.Runtime.InteropServices;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Gpio;

/// <summary>Finds chips by name or label and lines by number or name, and requests them.</summary>
/// <remarks>Any thread; each call looks anew.</remarks>
internal static class GpioLines
{
    // Edges that may wait in the kernel before the oldest is dropped: more than any contact bounces while a thread is late.
    private const uint EventBuffer = 256;

    /// <summary>Requests the line as an input with both edges; null and why in a few words when it cannot be had.</summary>
    public static GpioLineFile? TryOpen(GpioLineSettings settings, TimeProvider time, out string problem)
    {
        var chips = GpioChips.List();
        if (Find(chips, settings.Chip) is not { } chip)
        {
            problem = chips.Count == 0
                ? "there is no GPIO chip on this machine"
                : $"no such GPIO chip; there is {string.Join(", ", chips.Select(one => one.Label is { } label ? $"{one.Words} (\"{label}\")" : one.Words))}";
            return null;
        }

        problem = chip.Problem ?? "";
        if (chip.Problem is not null) return null;
        try
        {
            using var file = GpioChips.Open($"/dev/{chip.Words}");
            return Request(file, chip, settings, out problem) is { } line ? new GpioLineFile(line, time) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was there a moment ago.
            problem = $"does not open ({e.Message})";
            return null;
        }
    }

    /// <summary>The chip of this name or, where none has it, the first of this label.</summary>
    internal static GpioChip? Find(IReadOnlyList<GpioChip> chips, string nameOrLabel) =>
        chips.FirstOrDefault(chip => chip.Words == nameOrLabel) ?? chips.FirstOrDefault(chip => chip.Label == nameOrLabel);

    /// <summary>The number of a line; null and why when there is none.</summary>
    internal static int? Find(GpioChip chip, NumberOrName line, out string problem)
    {
        var index = line.Name is { } name ? chip.LineNames.IndexOf(name) : line.Number;
        problem = line.Name is null
            ? $"no such line; {chip.Words} has 0 to {chip.Lines - 1}"
            : $"no such line; \"edgevoice devices\" lists the names of {chip.Words}";
        return index >= 0 && index < chip.Lines ? index : null;
    }

    /// <summary>The flags of a request: the button's wiring, both edges, no debounce.</summary>
    internal static ulong Flags(ButtonPull pull) => GpioLineRequest.InputWithBothEdges | pull switch
    {
        ButtonPull.Up => GpioLineRequest.PullUp | GpioLineRequest.ActiveLow,
        ButtonPull.Down => GpioLineRequest.PullDown,
        _ => GpioLineRequest.NoPull | GpioLineRequest.ActiveLow,
    };

    private static SafeFileHandle? Request(SafeFileHandle chip, GpioChip found, GpioLineSettings settings, out string problem)
    {
        if (Find(found, settings.Line, out problem) is not { } number) return null;
        var line = GpioNative.TryRequest(chip, number, Flags(settings.Pull), EventBuffer, out var error);
        if (line is not null) return line;
        GpioNative.TryReadLine(chip, number, out _, out var consumer);
        problem = -error == Errno.Busy
            ? $"is in use by {(consumer.Length == 0 ? "another program" : $"\"{consumer}\"")}: end that, or configure another line"
            : $"cannot be used as an input with edges ({Marshal.GetPInvokeErrorMessage(error)}): configure another line";
        return null;
    }
}
