using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Input;
using EdgeVoice.Linux.Spi;
using EdgeVoice.Sound;

namespace EdgeVoice.Tests.Sound;

public sealed class HardwareTablesTests : IDisposable
{
    private readonly DirectoryInfo _dev = Directory.CreateTempSubdirectory("edgevoice-dev-");

    public void Dispose() => _dev.Delete(recursive: true);

    [Fact]
    public void Write_WhenNothingIsThere_SaysSoOfEachKind()
    {
        var list = new HardwareList([], [], [], [], []);
        Assert.True(list.IsEmpty);
        Assert.Equal("microphones: none found\nloudspeakers: none found\nGPIO chips: none found\ninput devices: none found\nSPI buses: none found\n", Written(list));
    }

    [Fact]
    public void Write_OfALoudspeaker_ShowsAllItsWordsAndWhoHoldsIt()
    {
        var end = new SoundEnd("hw:CARD=Dev,DEV=0", ["usb:1b3f:2008", "usb:1-1.2", "card:Dev"], "Ev\u001b[2Jil", [1, 2, 8], [44_100, 48_000], "aplay (pid 7)", "rewind", "is busy");
        var line = Written(new HardwareList([], [end], [], [], [])).Split('\n').Single(text => text.Contains("hw:", StringComparison.Ordinal));
        Assert.Equal(
            "hw:CARD=Dev,DEV=0 or usb:1b3f:2008 or usb:1-1.2 or card:Dev|Evil|1-2 8|44.1 48 kHz|rewind|held by aplay (pid 7)",
            string.Join('|', line.Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public void Write_OfChipsAndKeys_ShowsTheWordsOfTheConfiguration()
    {
        var chip = new GpioChip("gpiochip4", "pinctrl-rp1", 4, null) { LineNames = ["ID_SDA", "-", "", "GPIO17"] };
        var keys = new InputDevice("input:PCsensor FootSwitch", "/dev/input/event3", ["KEY_A", "KEY_B"], 3, null);
        var lines = Written(new HardwareList([], [], [chip], [keys], [])).Split('\n');
        Assert.Equal("gpiochip4|pinctrl-rp1|4|ID_SDA GPIO17", Cells(lines.Single(line => line.Contains("rp1", StringComparison.Ordinal))));
        Assert.Equal(
            "input:PCsensor FootSwitch|KEY_A or KEY_B ...|3|/dev/input/event3",
            Cells(lines.Single(line => line.Contains("PCsensor", StringComparison.Ordinal))));
    }

    [Fact]
    public void InputDevices_OfFilesThatAreNone_ListsNothing()
    {
        File.WriteAllText(Path.Combine(_dev.FullName, "event0"), "");
        Assert.Empty(InputDevices.List(_dev.FullName));
        Assert.Empty(InputDevices.List(Path.Combine(_dev.FullName, "nowhere")));
    }

    [Fact]
    public void Lists_OfAFolder_NameWhatIsThereInOrder()
    {
        foreach (var name in (string[])["gpiochip10", "gpiochip2", "spidev0.1", "spidev0.0", "null"]) File.WriteAllText(Path.Combine(_dev.FullName, name), "");
        Assert.Equal(
            [("gpiochip2", "does not answer as a GPIO chip"), ("gpiochip10", "does not answer as a GPIO chip")],
            GpioChips.List(_dev.FullName).Select(chip => (chip.Words, chip.Problem)));
        Assert.Equal(["spidev0.0", "spidev0.1"], SpiBuses.List(_dev.FullName).Select(Path.GetFileName));
        Assert.Empty(GpioChips.List(Path.Combine(_dev.FullName, "nowhere")));
        Assert.Empty(SpiBuses.List(Path.Combine(_dev.FullName, "nowhere")));
    }

    private static string Cells(string line) => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Written(HardwareList list)
    {
        using var output = new StringWriter();
        HardwareTables.Write(list, output);
        return output.ToString();
    }
}
