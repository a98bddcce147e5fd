using EdgeVoice.Core.Configuration;
using EdgeVoice.Linux.Input;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>Keys of an input device as the button.</summary>
internal static partial class Button
{
    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task KeysOfAFootSwitchAreAButton(Pi pi)
    {
        var feet = FootSwitch.Plug(pi);
        await pi.UntilAsync(() => InputDevices.List().Any(one => one.Words == $"input:{FootSwitch.Name}"), Soon, "the device in the list");
        pi.Note($"{InputDevices.List().First(one => one.Words == $"input:{FootSwitch.Name}")}");
        var pin = Keys(pi, FootSwitch.Name, new NumberOrName(0, "KEY_ENTER")).Run();
        pi.Expect(pin.Pin.Problem is null, $"{pin.Pin.Problem}");
        var before = Pi.Now();
        feet.Key(FootSwitch.B, 1);
        feet.Key(FootSwitch.Enter, 1);
        feet.Key(FootSwitch.Enter, 2);
        feet.Key(FootSwitch.B, 0);
        await pin.SeesAsync(pi, 1, "the press");
        pi.Expect(pin.Pin.IsDown, "it is not down");
        feet.Key(FootSwitch.Enter, 0);
        await pin.SeesAsync(pi, 2, "the release");
        pi.Expect(pin.Edges.Select(edge => edge.Edge.IsDown).SequenceEqual([true, false]), "other edges than those of the key were told");
        pi.Expect(pin.Edges.All(edge => edge.Edge.TimeNs >= before && edge.Edge.TimeNs <= edge.SeenNs), "the times are not monotonic ones");
        pi.Note($"key to program: {pin.Edges.Max(edge => edge.SeenNs - edge.Edge.TimeNs) / 1000} µs at most");

        var second = Keys(pi, FootSwitch.Name, null);
        pi.Note($"{second.Pin.Problem}");
        pi.Expect(second.Pin.Problem?.Contains("held by another program", StringComparison.Ordinal) == true, "two programs have the same keys");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task FootSwitchPulledOutWhilePressedIsReleasedAndFoundAgain(Pi pi)
    {
        var feet = FootSwitch.Plug(pi);
        await pi.UntilAsync(() => InputDevices.List().Count > 0, Soon, "the device node");
        var pin = Keys(pi, FootSwitch.Name, null).Run();
        feet.Key(FootSwitch.B, 1);
        await pin.SeesAsync(pi, 1, "the press");
        feet.Dispose();
        await pin.SeesAsync(pi, 2, "the release by the lost device");
        pi.Note($"{pin.Pin.Problem}");
        pi.Expect(!pin.Edges[1].Edge.IsDown && !pin.Pin.IsDown, "a lost button holds on");
        var plugged = Pi.Now();
        var again = FootSwitch.Plug(pi);
        await pi.UntilAsync(() => pin.Pin.Problem is null, Soon, "the device that came back");
        pi.Note($"found {(Pi.Now() - plugged) / 1_000_000} ms after it was plugged in");
        again.Key(FootSwitch.Enter, 1);
        await pin.SeesAsync(pi, 3, "the press");
        pi.Expect(pin.Edges[2].Edge.IsDown && pin.Pin.IsDown, "it came back wrong");
    }

    private static WatchedPin Keys(Pi pi, string device, NumberOrName? key) =>
        WatchedPin.Of(pi, new EvdevButtonPin(device, key, TimeProvider.System, NullLogger<EvdevButtonPin>.Instance));
}
