using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// A chip of eight lines out of the kernel's gpio-sim, labelled rig-gpio; line <see cref="Button"/> is called BUTTON, line
/// <see cref="Switch"/> MUTE, and both are pulled up. (Asking the simulated chip for a pull presses or releases: use none.)
/// </summary>
/// <remarks>Disposing pulls the chip out, even while it is watched.</remarks>
internal sealed class GpioBoard : IDisposable
{
    public const uint Button = 3;
    public const uint Switch = 5;
    public const string Label = "rig-gpio";

    /// <summary>Lines of an LED of three colours.</summary>
    public const uint Red = 0, Green = 1, Blue = 2;
    private static readonly (uint Line, string Name)[] Named = [(Button, "BUTTON"), (Switch, "MUTE")];
    private const string Configfs = "/sys/kernel/config/gpio-sim/rig";
    private readonly string _lines;

    private GpioBoard(string chip, string lines) => (Chip, _lines) = (chip, lines);

    /// <summary>Path of the character device.</summary>
    public string Chip { get; }

    public static GpioBoard Plug(Pi pi)
    {
        foreach (var (line, _) in Named) Directory.CreateDirectory($"{Configfs}/bank0/line{line}");
        File.WriteAllText($"{Configfs}/bank0/num_lines", "8");
        File.WriteAllText($"{Configfs}/bank0/label", Label);
        foreach (var (line, name) in Named) File.WriteAllText($"{Configfs}/bank0/line{line}/name", name);
        File.WriteAllText($"{Configfs}/live", "1");
        var chip = File.ReadAllText($"{Configfs}/bank0/chip_name").Trim();
        var device = File.ReadAllText($"{Configfs}/dev_name").Trim();
        var board = pi.Own(new GpioBoard($"/dev/{chip}", $"/sys/devices/platform/{device}/{chip}"));
        board.Release();
        board.SwitchOff();
        return board;
    }

    /// <summary>The button goes down: to ground.</summary>
    public void Press() => Pull(Button, "pull-down");

    /// <summary>The button comes up again.</summary>
    public void Release() => Pull(Button, "pull-up");

    /// <summary>The switch for the microphone is put on: to ground.</summary>
    public void SwitchOn() => Pull(Switch, "pull-down");

    /// <summary>It is put off.</summary>
    public void SwitchOff() => Pull(Switch, "pull-up");

    /// <summary>Which of the LED's lamps are lit: bit 0 red, bit 1 green, bit 2 blue.</summary>
    public int Lamps => Level(Red) | Level(Green) << 1 | Level(Blue) << 2;

    /// <summary>Takes the chip away.</summary>
    public static void Unplug()
    {
        if (!Directory.Exists(Configfs)) return;
        File.WriteAllText($"{Configfs}/live", "0");
        foreach (var (line, _) in Named) Directory.Delete($"{Configfs}/bank0/line{line}");
        Directory.Delete($"{Configfs}/bank0");
        Directory.Delete(Configfs);
    }

    public void Dispose() => Unplug();

    private int Level(uint line) => File.ReadAllText($"{_lines}/sim_gpio{line}/value").Trim() == "1" ? 1 : 0;

    private void Pull(uint line, string how) => File.WriteAllText($"{_lines}/sim_gpio{line}/pull", how);
}
