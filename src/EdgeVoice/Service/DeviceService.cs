using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Control;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Demo;
using EdgeVoice.Device;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Terminal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>The device as a hosted service: what <c>edgevoice run</c> and systemd start.</summary>
internal sealed partial class DeviceService(
    EdgeVoiceOptions options, IReadOnlyList<string> warnings, IServiceSupervisor supervisor, TimeProvider time, ILoggerFactory logs)
    : BackgroundService
{
    private readonly ILogger _log = logs.CreateLogger<DeviceService>();

    /// <summary>What <c>ctl reload</c> does; returns what came of it, one line. Null (default): this device does not watch a file.</summary>
    public Func<Task<string>>? Reload { get; init; }

    /// <summary>The configuration in force, for <c>ctl status</c>; null (default): it is not told.</summary>
    public Func<ControlConfiguration?>? Configuration { get; init; }

    /// <summary>The device's own name among others; null (default): it is not told.</summary>
    public string? DeviceId { get; init; }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var warning in warnings) LogMissing(warning);
        var display = options.Led.Device == "terminal"
            ? DeviceDisplays.Create(Console.Out, Console.IsOutputRedirected, Environment.GetEnvironmentVariable, time, options.Led.Pixels)
            : null;
        using var ports = new ConfiguredPorts(new LiveOptions(options), display?.Ring, Backends.Iot, time, logs);
        IConversationObserver observer = new StatusObserver(_log);
        if (display is not null) observer = new DisplayObserver(observer, display);
        var watch = new ControlWatch(observer, () => ports.Missing);
        var status = new SupervisorObserver(watch, supervisor, Mode, () => ports.Missing);
        var sounds = SoundBank.Load(
            options.Sounds, options.Conversation.Language, ShippedHelp.Folder, WireFormats.Of(options.Realtime.Output.Format).Rate);
        foreach (var problem in sounds.Problems) LogMissing(problem);
        var device = Composition.Create(options, ports.Create() with { Sounds = sounds }, status, time, logs);
        foreach (var missing in ports.Missing) LogMissing(missing);
        await using (device.ConfigureAwait(false))
        {
            await device.StartAsync().ConfigureAwait(false);
            using var plugged = new SoundCardWatch(device.Retry);
            var control = new DeviceControl(device, ports.Remote, Mode, () => ports.Missing, watch, time)
            {
                Reload = Reload,
                Configuration = Configuration,
                DeviceId = DeviceId,
            };
            var candidates = ControlSocket.Candidates(options.Control.Socket);
            var server = new ControlServer(control, candidates, time, logs.CreateLogger<ControlServer>()) { Admit = SocketGroup.TryGive };
            await using (server.ConfigureAwait(false))
            {
                await server.StartAsync(stoppingToken).ConfigureAwait(false);
                LogReady(Mode);
                supervisor.Ready();
                status.Begin();
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                supervisor.Stopping();
            }
        }

        if (display is not null) await display.DisposeAsync().ConfigureAwait(false);
    }

    private string Mode => options.Conversation.Mode == ConversationMode.HandsFree ? "hands-free" : "push-to-talk";

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "{what}")]
    private partial void LogMissing(string what);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Information, Message = "Ready ({mode})")]
    private partial void LogReady(string mode);
}
