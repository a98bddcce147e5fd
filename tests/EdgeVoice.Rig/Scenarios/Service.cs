using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

internal static class Service
{
    [Scenario(Boot.Systemd, limitSeconds: 150)]
    public static async Task SilentServiceIsStartedAgain(Pi pi)
    {
        const string Silence = "/run/rig-silence";
        var self = typeof(Service).Assembly.Location;
        var unit = await SystemdUnit.StartAsync(pi, "rig-watched.service", $"""
            [Service]
            Type=notify
            ExecStart={Environment.ProcessPath} {self} service {Silence}
            WatchdogSec=2
            Restart=on-watchdog
            RestartSec=100ms
            TimeoutStopSec=5
            """);
        pi.Expect(await unit.ShowAsync("ActiveState") == "active", "it is not active though it said READY");
        pi.Expect(await unit.ShowAsync("StatusText") == "Watched", "its status text did not arrive");
        var first = await unit.ShowAsync("MainPID");
        await pi.PauseAsync(3_000);
        pi.Expect(await unit.RestartsAsync() == 0, "it was started again though it told the watchdog");

        var silenced = Pi.Now();
        await File.WriteAllTextAsync(Silence, "");
        await pi.UntilAsync(async () => await unit.RestartsAsync() == 1, TimeSpan.FromSeconds(40), "the restart");
        pi.Note($"started again {(Pi.Now() - silenced) / 1_000_000} ms after it fell silent");
        await pi.UntilAsync(async () => await unit.ShowAsync("ActiveState") == "active", TimeSpan.FromSeconds(60), "the second READY");
        pi.Expect(await unit.ShowAsync("MainPID") != first, "it is still the same process");
        pi.Expect((await unit.JournalAsync()).Contains("Watchdog timeout", StringComparison.Ordinal), "the journal does not tell why");
    }
}
