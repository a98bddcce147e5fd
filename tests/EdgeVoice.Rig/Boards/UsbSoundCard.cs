using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// A USB sound card (UAC2, mono, 24 kHz) that can be pulled out: the kernel's own gadget, plugged into its own host. What is
/// played into <see cref="World"/> is what the card's microphone hears.
/// </summary>
internal sealed class UsbSoundCard : IDisposable
{
    public const int Rate = 24_000;
    private const string Gadget = "/sys/kernel/config/usb_gadget/rig";
    private const string Function = $"{Gadget}/functions/uac2.0";
    private static readonly TimeSpan Enumeration = TimeSpan.FromSeconds(30);
    private readonly Pi _pi;
    private readonly string _controller = Path.GetFileName(Directory.GetDirectories("/sys/class/udc").First());

    private UsbSoundCard(Pi pi)
    {
        _pi = pi;
        Directory.CreateDirectory(Gadget);
        Put("idVendor", "0x1d6b");
        Put("idProduct", "0x0101");
        Directory.CreateDirectory($"{Gadget}/strings/0x409");
        Put("strings/0x409/serialnumber", "0001");
        Put("strings/0x409/manufacturer", "EdgeVoice");
        Put("strings/0x409/product", "Rig microphone");
        Directory.CreateDirectory($"{Gadget}/configs/c.1/strings/0x409");
        Directory.CreateDirectory(Function);
        foreach (var side in "pc")
        {
            Put($"functions/uac2.0/{side}_srate", $"{Rate}");
            Put($"functions/uac2.0/{side}_chmask", "1");
            Put($"functions/uac2.0/{side}_ssize", "2");
        }

        File.CreateSymbolicLink($"{Gadget}/configs/c.1/uac2.0", Function);
    }

    /// <summary>The card as the device sees it, or null while it is not plugged in.</summary>
    public static string? Card => Find("USB-Audio");

    /// <summary>The world's side of it.</summary>
    public static string World => Find("UAC2_Gadget") ?? throw new ScenarioFailedException("the gadget has no sound card");

    public static async Task<UsbSoundCard> PlugAsync(Pi pi)
    {
        var card = pi.Own(new UsbSoundCard(pi));
        await card.PlugAsync();
        return card;
    }

    /// <summary>Plugs it in and waits until ALSA has it.</summary>
    public async Task PlugAsync()
    {
        Put("UDC", _controller);
        await _pi.UntilAsync(() => Card is { } card && File.Exists($"/dev/snd/pcmC{Number(card)}D0c"), Enumeration, "the card should be there");
    }

    /// <summary>Pulls it out.</summary>
    public static void Unplug() => File.WriteAllText($"{Gadget}/UDC", "\n");

    public void Dispose()
    {
        if (File.ReadAllText($"{Gadget}/UDC").Trim().Length > 0) Unplug();
        File.Delete($"{Gadget}/configs/c.1/uac2.0");
        Directory.Delete(Function);
        Directory.Delete($"{Gadget}/configs/c.1/strings/0x409");
        Directory.Delete($"{Gadget}/configs/c.1");
        Directory.Delete($"{Gadget}/strings/0x409");
        Directory.Delete(Gadget);
    }

    private static void Put(string file, string value) => File.WriteAllText($"{Gadget}/{file}", value);

    // A line is " 3 [microphone     ]: USB-Audio - Rig microphone".
    private static string? Find(string driver) => File.ReadLines("/proc/asound/cards")
        .Where(line => line.Contains($"]: {driver} - ", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)].Trim())
        .FirstOrDefault();

    private static string Number(string card) => new DirectoryInfo($"/proc/asound/{card}").ResolveLinkTarget(true)?.Name["card".Length..] ?? "?";
}
