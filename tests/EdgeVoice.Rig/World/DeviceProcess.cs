using System.Text.Json;
using EdgeVoice.Core.Control;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.World;

/// <summary>The device under test, <c>edgevoice run</c>, as a process of its own, driven through its control socket.</summary>
internal sealed class DeviceProcess
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    // Three of them are the loudspeaker's buffer: what a guest among other work stands still for. Scenarios about latency ask for 10.
    private const int PeriodMs = 50;
    private readonly Pi _pi;
    private readonly string _socket;
    private readonly string _configuration;

    private DeviceProcess(Pi pi, string socket, string configuration)
    {
        (_pi, _socket, _configuration) = (pi, socket, configuration);
        Process = Start();
    }

    /// <summary>The program as it was built.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "edgevoice.dll");

    public ChildProcess Process { get; private set; }

    /// <summary>Starts a push-to-talk device that alters no sample and waits until it answers on its control socket.</summary>
    /// <param name="pi">Owns it.</param>
    /// <param name="server">Where it connects.</param>
    /// <param name="capture">Its microphone's device string.</param>
    /// <param name="playback">Its loudspeaker's device string.</param>
    /// <param name="led">Its lights as in a configuration; null for none.</param>
    /// <param name="button">Its button's options; null: no button but the control socket's.</param>
    public static async Task<DeviceProcess> StartAsync(Pi pi, Uri server, string capture, string playback, object? led = null, object? button = null)
    {
        // A path of a Unix socket is short, and the scenario's folder is the host's.
        var socket = $"/tmp/rig-{pi.NextNumber()}.sock";
        var file = pi.FileOf("device.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            version = 1,
            defaults = new
            {
                conversation = new { mode = "push-to-talk" },
                realtime = new { url = server.ToString(), model = "gpt-realtime", instructions = "You are a kitchen helper." },
                audio = new { capture = new { device = capture, dcFilter = false }, playback = new { device = playback, volume = 100, periodMs = PeriodMs }, echo = new { canceller = "none" } },
                button = button ?? new { device = "none" },
                led = led ?? new { device = "none" },
                sounds = new { enabled = false },
                control = new { socket },
            },
        }));
        var device = new DeviceProcess(pi, socket, file);
        await device.AnswersAsync();
        return device;
    }

    /// <summary>What it says it is doing, or null while it does not answer.</summary>
    public async Task<ControlStatus?> StatusAsync() => (await SendAsync("status")).Reply?.Status;

    /// <summary>Asks for something that it may refuse.</summary>
    public Task<ControlAnswer> AskAsync(string verb) => SendAsync(verb);

    public Task PressAsync() => DoAsync("press");

    public Task ReleaseAsync() => DoAsync("release");

    public Task MuteAsync() => DoAsync("mute");

    /// <summary>Waits until its status is as said.</summary>
    public Task BecomesAsync(Func<ControlStatus, bool> wanted, TimeSpan within, string what) =>
        _pi.UntilAsync(async () => await StatusAsync() is { } status && wanted(status), within, what);

    /// <summary>Ends it as systemd does and expects code 0 within two seconds.</summary>
    public async Task StopAsync()
    {
        var began = Pi.Now();
        await Process.SignalAsync("TERM");
        var code = await Process.ExitAsync(TimeSpan.FromSeconds(10));
        _pi.Note($"the device ended {(Pi.Now() - began) / 1_000_000} ms after SIGTERM");
        _pi.Expect(code == 0, $"the device ended with code {code}: {Process.LastLine}");
    }

    /// <summary>Kills it, as a crash would.</summary>
    public ValueTask KillAsync() => Process.DisposeAsync();

    /// <summary>Starts it anew with the same configuration.</summary>
    public Task RestartAsync()
    {
        Process = Start();
        return AnswersAsync();
    }

    private Task AnswersAsync() => _pi.UntilAsync(
        async () =>
        {
            _pi.Expect(!Process.HasExited, $"the device ended at once: {Process.LastLine}");
            return await StatusAsync() is not null;
        },
        StartTime, "the device should answer");

    private ChildProcess Start() => _pi.Start(Environment.ProcessPath!, Program, "run", "--config", _configuration, "--verbose");

    private async Task DoAsync(string verb)
    {
        var answer = await SendAsync(verb);
        _pi.Expect(answer.Reply is { Ok: true }, $"{verb}: {answer.Problem ?? answer.Reply?.Error}");
    }

    private Task<ControlAnswer> SendAsync(string verb) =>
        ControlClient.SendAsync(_socket, ControlRequest.Of(verb), TimeSpan.FromSeconds(20), stop: _pi.Stop);
}
