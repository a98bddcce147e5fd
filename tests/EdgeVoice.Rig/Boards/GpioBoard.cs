using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>A chip of eight lines out of the kernel's gpio-sim; line <see cref="Button"/> is called BUTTON and pulled up.</summary>
/// <remarks>Disposing pulls the chip out, even while it is watched.</remarks>
internal sealed class GpioBoard : IDisposable
{
    public const uint Button = 3;
    private const string Configfs = "/sys/kernel/config/gpio-sim/rig";
    private readonly string _lines;

    private GpioBoard(string chip, string lines) => (Chip, _lines) = (chip, lines);

    /// <summary>Path of the character device.</summary>
    public string Chip { get; }

    public static GpioBoard Plug(Pi pi)
    {
        Directory.CreateDirectory($"{Configfs}/bank0/line{Button}");
        File.WriteAllText($"{Configfs}/bank0/num_lines", "8");
        File.WriteAllText($"{Configfs}/bank0/label", "rig-gpio");
        File.WriteAllText($"{Configfs}/bank0/line{Button}/name", "BUTTON");
        File.WriteAllText($"{Configfs}/live", "1");
        var chip = File.ReadAllText($"{Configfs}/bank0/chip_name").Trim();
        var device = File.ReadAllText($"{Configfs}/dev_name").Trim();
        var board = pi.Own(new GpioBoard($"/dev/{chip}", $"/sys/devices/platform/{device}/{chip}"));
        board.Release();
        return board;
    }

    /// <summary>The button goes down: to ground.</summary>
    public void Press() => Pull("pull-down");

    /// <summary>The button comes up again.</summary>
    public void Release() => Pull("pull-up");

    /// <summary>Takes the chip away.</summary>
    public static void Unplug()
    {
        if (!Directory.Exists(Configfs)) return;
        File.WriteAllText($"{Configfs}/live", "0");
        Directory.Delete($"{Configfs}/bank0/line{Button}");
        Directory.Delete($"{Configfs}/bank0");
        Directory.Delete(Configfs);
    }

    public void Dispose() => Unplug();

    private void Pull(string how) => File.WriteAllText($"{_lines}/sim_gpio{Button}/pull", how);
}
