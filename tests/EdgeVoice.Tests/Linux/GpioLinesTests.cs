using System.Runtime.CompilerServices;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Tests.Linux;

public sealed class GpioLinesTests
{
    private static readonly GpioChip[] Chips =
    [
        new("gpiochip0", "gpio-brcmstb", 3, null) { LineNames = ["-", "", "WAKE"] },
        new("gpiochip4", "pinctrl-rp1", 4, null) { LineNames = ["ID_SDA", "ID_SCL", "GPIO2", "GPIO3"] },
        new("pinctrl-rp1", null, null, "does not open"),
        new("gpiochip11", "pinctrl-rp1", 4, null),
    ];

    [Theory]
    [InlineData("gpiochip4", "gpiochip4")]
    [InlineData("pinctrl-rp1", "pinctrl-rp1")] // a name before a label
    [InlineData("gpio-brcmstb", "gpiochip0")]
    [InlineData("gpiochip1", null)]
    public void Find_Chip_ByNameElseByLabel(string asked, string? found) => Assert.Equal(found, GpioLines.Find(Chips, asked)?.Words);

    [Fact]
    public void Find_LabelThatTwoHave_IsTheFirst() => Assert.Equal("gpiochip4", GpioLines.Find([Chips[1], Chips[3]], "pinctrl-rp1")?.Words);

    [Theory]
    [InlineData(3, null, 3)]
    [InlineData(4, null, null)]
    [InlineData(0, "GPIO3", 3)]
    [InlineData(0, "gpio3", null)]
    public void Find_Line_ByNumberOrName(int number, string? name, int? found)
    {
        Assert.Equal(found, GpioLines.Find(Chips[1], new NumberOrName(number, name), out var problem));
        if (found is null) Assert.Contains("gpiochip4", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ButtonPull.Up, 1 << 8 | 1 << 1)]
    [InlineData(ButtonPull.Down, 1 << 9)]
    [InlineData(ButtonPull.None, 1 << 10 | 1 << 1)]
    public void Flags_OfAPull_AreThoseOfTheKernel(ButtonPull pull, int expected) =>
        Assert.Equal((ulong)expected | 1 << 2 | 1 << 4 | 1 << 5, GpioLines.Flags(pull));

    [Fact]
    public void Structures_AreAsLongAsTheKernels() => Assert.Equal(
        (592, 48, 8 + 2 * IntPtr.Size), (Unsafe.SizeOf<GpioLineRequest>(), Unsafe.SizeOf<GpioLineEvent>(), Unsafe.SizeOf<InputEvent>()));

    [Fact]
    public void TryOpen_OnAMachineWithoutThatChip_SaysWhatThereIs()
    {
        Assert.Null(GpioLines.TryOpen(new GpioLineSettings("no-such-chip", new NumberOrName(1), ButtonPull.Up), TimeProvider.System, out var problem));
        Assert.DoesNotContain('\n', problem);
        Assert.Contains("GPIO chip", problem, StringComparison.Ordinal);
    }
}
