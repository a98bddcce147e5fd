using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Control;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Device;
using EdgeVoice.Linux;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>The device as a hosted service: what <c>edgevoice run</c> and systemd start, under a configuration that may change.</summary>
/// <remarks><paramref name="store"/> has been loaded; <paramref name="warnings"/> are told once, at the start.</remarks>
internal sealed partial class DeviceService(
    ConfigurationStore store, string deviceId, IReadOnlyList<string> warnings, IServiceSupervisor supervisor, TimeProvider time, ILoggerFactory logs)
    : BackgroundService
{
    private const string Waiting = "a change: is made as soon as nobody speaks";
    private readonly ILogger _log = logs.CreateLogger<DeviceService>();

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var warning in (string[])[.. store.Current.Warnings, .. warnings]) LogMissing(warning);
        // Nothing is configured: the device runs as shipped, says so, and connects to nobody.
        var live = new LiveOptions(store.Current.Options ?? new EdgeVoiceOptions());
        using var remote = new ScriptedButton(time);
        DeviceHost? host = null;
        var watch = new ControlWatch(new StatusObserver(_log), () => Missing(host));
        var around = new DeviceSurroundings(
            supervisor, remote, watch, Unconfigured, () => host?.CredentialProblem is { } problem ? [.. Refused(), problem] : Refused(), time, logs, _log);
        host = new DeviceHost(live, around, stoppingToken);
        await using (host.ConfigureAwait(false))
        {
            await host.StartAsync().ConfigureAwait(false);
            var control = new DeviceControl(() => host.Running, remote, () => Unmet(host), watch, time)
            {
                Reload = () => ReloadAsync(live),
                Configuration = () => Told(store.Current, host),
                Store = store,
                DeviceId = deviceId,
            };
            var candidates = ControlSocket.Candidates(live.Now.Control.Socket);
            var server = new ControlServer(control, candidates, time, logs.CreateLogger<ControlServer>()) { Admit = SocketGroup.TryGive };
            await using (server.ConfigureAwait(false))
            {
                await server.StartAsync(stoppingToken).ConfigureAwait(false);
                LogReady(host.Running.Mode);
                supervisor.Ready();
                await FollowAsync(host, live, stoppingToken).ConfigureAwait(false);
                supervisor.Stopping();
            }
        }
    }

    private async Task FollowAsync(DeviceHost host, LiveOptions live, CancellationToken stop)
    {
        using var credentials = new CredentialWatch(
            () =>
            {
                host.RenewSoon();
                store.TryAgain();
            },
            time);
        credentials.Watch(live.Now);
        void Tell(ConfigurationState state)
        {
            host.Running.TellStatus();
            if (state.Problems.Count > 0) host.TellSoon(Trouble.ConfigurationInvalid);
        }

        Tell(store.Current);
        store.Changed += Tell;
        await store.RunAsync(next => ApplyAsync(host, credentials, next), stop).ConfigureAwait(false);
        store.Changed -= Tell;
    }

    private static async Task<string?> ApplyAsync(DeviceHost host, CredentialWatch credentials, EdgeVoiceOptions next)
    {
        var refusal = await host.ApplyAsync(next).ConfigureAwait(false);
        if (refusal is null) credentials.Watch(next);
        return refusal;
    }

    private async Task<string> ReloadAsync(LiveOptions live)
    {
        var line = await store.ReloadAsync().ConfigureAwait(false);
        return string.Join("; ", CredentialWatch.Describe(live.Now).Prepend(line));
    }

    private string? Unconfigured() => store.Current is { Options: null, Problems: var problems } ? problems is [var first, ..] ? first : "no configuration" : null;

    private IReadOnlyList<string> Refused() => StatusText.Refused(store.Current.Problems);

    private IReadOnlyList<string> Missing(DeviceHost? host) => [.. Refused(), .. host is null ? [] : Unmet(host)];

    private static IReadOnlyList<string> Unmet(DeviceHost host) =>
        host.CredentialProblem is { } problem ? [problem, .. host.Running.Ports.Missing] : host.Running.Ports.Missing;

    private ControlConfiguration Told(ConfigurationState state, DeviceHost host) => new(
        state.Source, state.Hash, state.Options is null ? 0 : (time.NowNs() - state.SinceNs) / 1_000_000_000, state.Problems,
        [.. host.Pending.Select(path => $"{path}: takes a restart of the service"), .. host.IsChanging ? [Waiting] : (string[])[]]);

    [LoggerMessage(EventId = 1206, Level = LogLevel.Warning, Message = "{what}")]
    private partial void LogMissing(string what);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Information, Message = "Ready ({mode})")]
    private partial void LogReady(string mode);
}
