using EdgeVoice.Linux.Gpio;
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
        var list = new HardwareList([], [], [], []);
        Assert.True(list.IsEmpty);
        Assert.Equal("microphones: none found\nloudspeakers: none found\nGPIO chips: none found\nSPI buses: none found\n", Written(list));
    }

    [Fact]
    public void Write_OfALoudspeaker_ShowsAllItsWordsAndWhoHoldsIt()
    {
        var end = new SoundEnd("hw:CARD=Dev,DEV=0", ["usb:1b3f:2008", "usb:1-1.2", "card:Dev"], "Ev\u001b[2Jil", [1, 2, 8], [44_100, 48_000], "aplay (pid 7)", "rewind", "is busy");
        var line = Written(new HardwareList([], [end], [], [])).Split('\n').Single(text => text.Contains("hw:", StringComparison.Ordinal));
        Assert.Equal(
            "hw:CARD=Dev,DEV=0 or usb:1b3f:2008 or usb:1-1.2 or card:Dev|Evil|1-2 8|44.1 48 kHz|rewind|held by aplay (pid 7)",
            string.Join('|', line.Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
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

    private static string Written(HardwareList list)
    {
        using var output = new StringWriter();
        HardwareTables.Write(list, output);
        return output.ToString();
    }
}
