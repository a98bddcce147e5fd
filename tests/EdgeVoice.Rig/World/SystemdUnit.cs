using System.Globalization;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.World;

/// <summary>A service of the guest's systemd, made for one scenario.</summary>
internal sealed class SystemdUnit : IAsyncDisposable
{
    private readonly Pi _pi;
    private readonly string _name;

    private SystemdUnit(Pi pi, string name) => (_pi, _name) = (pi, name);

    private string UnitFile => $"/run/systemd/system/{_name}";

    /// <summary>Writes the unit and starts it; a notify-type one is ready when this returns.</summary>
    public static async Task<SystemdUnit> StartAsync(Pi pi, string name, string text)
    {
        var unit = pi.Own(new SystemdUnit(pi, name));
        Directory.CreateDirectory("/run/systemd/system");
        await File.WriteAllTextAsync(unit.UnitFile, text);
        await pi.RunAsync("systemctl", "daemon-reload");
        await pi.RunAsync("systemctl", "start", name);
        return unit;
    }

    /// <summary>One property as systemctl shows it.</summary>
    public async Task<string> ShowAsync(string property) =>
        (await _pi.RunAsync("systemctl", "show", "--value", "--property", property, _name)).Trim();

    /// <summary>How often systemd has started it again.</summary>
    public async Task<int> RestartsAsync() => int.Parse(await ShowAsync("NRestarts"), CultureInfo.InvariantCulture);

    /// <summary>Everything the journal has about it.</summary>
    public Task<string> JournalAsync() => _pi.RunAsync("journalctl", "--no-pager", "--output", "cat", "--unit", _name);

    public async ValueTask DisposeAsync()
    {
        await using (var stop = new ChildProcess(_pi, "systemctl", ["stop", _name])) await stop.ExitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        File.Delete(UnitFile);
    }
}
