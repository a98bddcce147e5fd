using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;
using EdgeVoice.Simulator.Link;

namespace EdgeVoice.Rig.Scenarios;

internal static class Surroundings
{
    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task WallClockJumpsAndMonotonicDoesNot(Pi pi)
    {
        var (wall, monotonic) = (DateTimeOffset.UtcNow, Pi.Now());
        await WallClock.MoveAsync(pi, TimeSpan.FromDays(400));
        var (jumped, passed) = (DateTimeOffset.UtcNow - wall, TimeSpan.FromMicroseconds((Pi.Now() - monotonic) / 1000));
        pi.Expect(Math.Abs((jumped - TimeSpan.FromDays(400)).TotalSeconds) < 5, $"the wall clock moved by {jumped}");
        pi.Expect(passed < TimeSpan.FromSeconds(5), $"the monotonic clock moved by {passed}");
    }

    [Scenario(Boot.Systemd, limitSeconds: 240)]
    public static async Task CutLinkIsMendedByTheDevice(Pi pi)
    {
        var server = await SimulatorProcess.StartAsync(pi);
        var link = pi.Own(LinkProxy.Before(server.Url));
        var device = await DeviceProcess.StartAsync(pi, link.Url, "null", "null");
        await device.BecomesAsync(status => status.Link == "Ready", TimeSpan.FromSeconds(60), "the session");
        link.Cut();
        await device.BecomesAsync(status => status.Link != "Ready", TimeSpan.FromSeconds(5), "seeing the cut");
        link.Restore();
        await device.BecomesAsync(status => status is { Link: "Ready", Reconnects: 1 }, TimeSpan.FromSeconds(60), "the second session");

        await device.KillAsync();
        await device.RestartAsync();
        await device.BecomesAsync(status => status is { Link: "Ready", Reconnects: 0 }, TimeSpan.FromSeconds(60), "a session after the crash");
        await device.StopAsync();
    }

    // Nobody waits, so the pauses have grown to many seconds when the link is mended: the network's own news must be what ends them.
    [Scenario(Boot.Quick, limitSeconds: 120)]
    public static async Task NewAddressEndsThePauseBetweenAttempts(Pi pi)
    {
        const string Address = "192.0.2.7/32";
        var server = await SimulatorProcess.StartAsync(pi);
        var link = pi.Own(LinkProxy.Before(server.Url));
        var device = await DeviceProcess.StartAsync(pi, link.Url, "null", "null");
        await device.BecomesAsync(status => status.Link == "Ready", TimeSpan.FromSeconds(60), "the session");
        link.Cut();
        await pi.PauseAsync(25_000);
        link.Restore();
        await pi.RunAsync("ip", "address", "add", Address, "dev", "lo");
        try
        {
            await device.BecomesAsync(status => status.Link == "Ready", TimeSpan.FromSeconds(2), "the session after the network's change");
        }
        finally
        {
            await pi.RunAsync("ip", "address", "del", Address, "dev", "lo");
        }

        await device.StopAsync();
    }
}
