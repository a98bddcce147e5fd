using System.Globalization;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Input;
using EdgeVoice.Terminal;
using Spectre.Console;

namespace EdgeVoice.Sound;

/// <summary>What <c>devices</c> found, as tables for people; a kind of which there is none is one line.</summary>
internal static class HardwareTables
{
    // A pipe has no width: a line stays a line for grep.
    private const int PipeWidth = 240;
    private const int MostNames = 12;

    /// <summary>Writes all kinds.</summary>
    public static void Write(HardwareList list, TextWriter output)
    {
        var piped = !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (piped) console.Profile.Width = PipeWidth;
        Show(console, "microphones", list.Microphones, ["audio.capture.device", "name", "channels", "rates", "state"],
            one => [Words(one), one.Name, Range(one.Channels), Rates(one.Rates), State(one)]);
        Show(console, "loudspeakers", list.Loudspeakers, ["audio.playback.device", "name", "channels", "rates", "stops by", "state"],
            one => [Words(one), one.Name, Range(one.Channels), Rates(one.Rates), one.Stop ?? "", State(one)]);
        Show(console, "GPIO chips", list.GpioChips, ["button.chip", "or its label", "lines", "button.line by name"], Chip);
        Show(console, "input devices", list.InputDevices, ["button.device", "button.key", "keys", "node"], Keys);
        Show(console, "SPI buses", list.SpiBuses, ["led.device"], path => [path]);
    }

    private static void Show<T>(IAnsiConsole console, string kind, IReadOnlyList<T> items, string[] head, Func<T, string[]> row)
    {
        if (items.Count == 0)
        {
            console.WriteLine($"{kind}: none found");
            return;
        }

        console.WriteLine(kind);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in head) table.AddColumn(new TableColumn(new Text(name)));
        foreach (var item in items) table.AddRow(row(item).Select(cell => new Text(TerminalText.Clean(cell))));
        console.Write(table);
    }

    // Other words for the same stand behind the first ones.
    private static string Words(SoundEnd end) => string.Join(" or ", [end.Words, .. end.OtherWords]);

    private static string State(SoundEnd end) =>
        end.HeldBy is { } holder ? $"held by {holder}" : end.Problem ?? "free";

    private static string[] Chip(GpioChip chip) =>
        [chip.Words, chip.Label ?? chip.Problem ?? "", chip.Lines?.ToString(CultureInfo.InvariantCulture) ?? "", Names(chip)];

    // All of them are in the JSON; a row of sixty names would be read by nobody.
    private static string Names(GpioChip chip)
    {
        // What has no name is written as a dash by the Pi's own tables.
        var names = chip.LineNames.Where(name => name.Length > 1).ToList();
        return string.Join(' ', names.Take(MostNames)) + (names.Count > MostNames ? " ..." : "");
    }

    private static string[] Keys(InputDevice device) =>
    [
        device.Words,
        string.Join(" or ", device.Keys) + (device.KeyCount > device.Keys.Count ? " ..." : ""),
        device.KeyCount.ToString(CultureInfo.InvariantCulture),
        device.Problem ?? device.Path,
    ];

    private static string Rates(IReadOnlyList<int> rates) =>
        string.Join(' ', rates.Select(rate => (rate / 1000.0).ToString(CultureInfo.InvariantCulture))) + (rates.Count == 0 ? "" : " kHz");

    /// <summary>1 2 3 4 as 1-4, and 1 2 8 as 1-2 8.</summary>
    internal static string Range(IReadOnlyList<int> counts)
    {
        List<string> parts = [];
        for (var from = 0; from < counts.Count;)
        {
            var to = from;
            while (to + 1 < counts.Count && counts[to + 1] == counts[to] + 1) to++;
            parts.Add(to == from ? $"{counts[from]}" : $"{counts[from]}-{counts[to]}");
            from = to + 1;
        }

        return string.Join(' ', parts);
    }
}
