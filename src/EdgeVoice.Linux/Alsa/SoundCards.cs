using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Reads which sound cards there are from /proc/asound and /sys; <paramref name="root"/> is where those lie.</summary>
/// <remarks>Any thread. Cards come and go while it reads: what has gone is left out.</remarks>
internal sealed partial class SoundCards(string root = "/")
{
    /// <summary>Every device of every card, by card number.</summary>
    public IReadOnlyList<SoundDevice> Read()
    {
        var cards = ReadLines("proc/asound/cards").Select(line => CardLine().Match(line)).Where(match => match.Success)
            .ToDictionary(match => Number(match.Groups[1]), match => (Id: match.Groups[2].Value.Trim(), Name: match.Groups[3].Value.Trim()));
        List<SoundDevice> devices = [];
        foreach (var match in ReadLines("proc/asound/pcm").Select(line => DeviceLine().Match(line)).Where(match => match.Success))
        {
            var (card, device) = (Number(match.Groups[1]), Number(match.Groups[2]));
            if (!cards.TryGetValue(card, out var found)) continue;
            var rest = match.Groups[4].Value;
            devices.Add(new SoundDevice(
                $"hw:CARD={found.Id},DEV={device}", $"{found.Name}: {match.Groups[3].Value.Trim()}",
                rest.Contains("capture", StringComparison.Ordinal), rest.Contains("playback", StringComparison.Ordinal),
                found.Id, device, UsbId(card), UsbPort(card), HeldBy(card, device, "cp")));
        }

        return [.. devices.OrderBy(device => device.Words, StringComparer.Ordinal)];
    }

    /// <summary>Who has a card's device open in these directions (c, p), or null.</summary>
    public string? HeldBy(int card, int device, string directions)
    {
        SortedSet<string> holders = new(StringComparer.Ordinal);
        foreach (var direction in directions)
        {
            var folder = Path.Combine(root, $"proc/asound/card{card}/pcm{device}{direction}");
            if (!Directory.Exists(folder)) continue;
            foreach (var sub in Directory.GetDirectories(folder, "sub*"))
                if (Owner(Path.Combine(sub, "status")) is { } owner) holders.Add(owner);
        }

        return holders.Count == 0 ? null : string.Join(", ", holders);
    }

    /// <summary>The number of a card by its number or its name, or null.</summary>
    public int? NumberOf(string card)
    {
        if (int.TryParse(card, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        foreach (var line in ReadLines("proc/asound/cards"))
            if (CardLine().Match(line) is { Success: true } match && match.Groups[2].Value.Trim() == card) return Number(match.Groups[1]);
        return null;
    }

    private string? Owner(string file)
    {
        foreach (var line in ReadLines(file))
        {
            if (OwnerLine().Match(line) is not { Success: true } match || match.Groups[1].Value == "0") continue;
            var pid = match.Groups[1].Value;
            var name = ReadLines($"proc/{pid}/comm").FirstOrDefault();
            return name is null ? $"pid {pid}" : $"{name} (pid {pid})";
        }

        return null;
    }

    private string? UsbId(int card) =>
        ReadLines($"proc/asound/card{card}/usbid").FirstOrDefault() is { } id ? $"usb:{id.Trim()}" : null;

    // The card's parent is the USB interface 1-1.2:1.0: port 1.2 on bus 1.
    private string? UsbPort(int card)
    {
        var link = new FileInfo(Path.Combine(root, $"sys/class/sound/card{card}/device"));
        var match = UsbInterface().Match(Path.GetFileName(link.LinkTarget ?? ""));
        return match.Success ? $"usb:{match.Groups[1].Value}" : null;
    }

    private string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(root, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(\d+) \[([^\]]*)\]: (.*)$")]
    private static partial Regex CardLine();

    [GeneratedRegex(@"^(\d+)-(\d+): ([^:]*)(.*)$")]
    private static partial Regex DeviceLine();

    [GeneratedRegex(@"^owner_pid\s*:\s*(\d+)")]
    private static partial Regex OwnerLine();

    [GeneratedRegex(@"^(\d+-\d+(?:\.\d+)*)(?::|$)")]
    private static partial Regex UsbInterface();
}
