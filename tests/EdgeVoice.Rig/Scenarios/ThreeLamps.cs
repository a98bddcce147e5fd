using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The smallest ring, an LED of three colours on three lines of a GPIO chip, which is pulled out while it is lit.</summary>
internal static class ThreeLamps
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    // A blinking look is dark half of the time; the chip is looked for every second.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);
    private static readonly int Own = OnOffColor.Of(new Rgb(0x18, 0xBB, 0xF2));
    private const int Dark = 0;
    private const int Red = 1;

    [Scenario(Boot.Quick, limitSeconds: 120)]
    public static async Task ShowTheLooksAndComeBackWithTheirChip(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var server = await SimulatorProcess.StartAsync(pi);
        var lines = new { chip = GpioBoard.Label, red = GpioBoard.Red, green = GpioBoard.Green, blue = GpioBoard.Blue };
        var device = await DeviceProcess.StartAsync(pi, server.Url, "null", "null", new { type = "rgb", lines });
        await device.BecomesAsync(status => status.Link == "Ready", Long, "the session");
        await ShowsAsync(pi, board, Dark, "idle");
        await device.PressAsync();
        await ShowsAsync(pi, board, Own, "a held button");
        await device.ReleaseAsync();
        await ShowsAsync(pi, board, Dark, "idle again");
        await device.MuteAsync();
        await ShowsAsync(pi, board, Red, "mute");

        GpioBoard.Unplug();
        await pi.UntilAsync(() => device.Process.Output.Contains("The lights failed", StringComparison.Ordinal), Soon, "the failure told");
        var again = GpioBoard.Plug(pi);
        await ShowsAsync(pi, again, Red, "mute on the chip that came back");
        await device.StopAsync();
        pi.Expect(again.Lamps == Dark, $"the LED is left lit: {again.Lamps}");
    }

    private static async Task ShowsAsync(Pi pi, GpioBoard board, int lamps, string what)
    {
        await pi.UntilAsync(() => board.Lamps == lamps, Soon, $"{what}, which is lamps {lamps}");
        pi.Expect(true, what);
    }
}
