using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Demo;
using EdgeVoice.Device;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Terminal;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>One device, from its wiring to its end, and what it was made of.</summary>
/// <remarks>One owner starts it and disposes it.</remarks>
internal sealed class RunningDevice : IAsyncDisposable
{
    private readonly IDeviceDisplay? _display;
    private readonly SupervisorObserver _status;
    private SoundCardWatch? _plugged;
    private int _isOver;

    private RunningDevice(LiveOptions live, DeviceSurroundings around)
    {
        var options = live.Now;
        Mode = options.Conversation.Mode == ConversationMode.HandsFree ? "hands-free" : "push-to-talk";
        _display = options.Led.Device == "terminal"
            ? DeviceDisplays.Create(Console.Out, Console.IsOutputRedirected, Environment.GetEnvironmentVariable, around.Time, options.Led.Pixels)
            : null;
        Ports = new ConfiguredPorts(live, _display?.Ring, Backends.Iot, around.Time, around.Logs) { Remote = around.Remote, Unconfigured = around.Unconfigured };
        IConversationObserver observer = around.Watch;
        if (_display is not null) observer = new DisplayObserver(observer, _display);
        _status = new SupervisorObserver(observer, around.Supervisor, Mode, () => [.. around.Problems(), .. Ports.Missing]);
        var sounds = SoundBank.Load(
            options.Sounds, options.Conversation.Language, ShippedHelp.Folder, WireFormats.Of(options.Realtime.Output.Format).Rate);
        var ports = Ports.Create() with { Sounds = sounds };
        Device = Composition.Create(live, ports, _status, around.Time, around.Logs);
        Device.Volume.Changed += around.Watch.VolumeChanged;
        around.Watch.VolumeChanged(Device.Volume.Percent);
        Problems = [.. sounds.Problems, .. Ports.Missing];
    }

    /// <summary>The device.</summary>
    public VoiceDevice Device { get; }

    /// <summary>Its ports.</summary>
    public ConfiguredPorts Ports { get; }

    /// <summary>Its mode, as people know it.</summary>
    public string Mode { get; }

    /// <summary>What could not be had at the start, one line each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>
    /// Wires a device that remembers this and starts it, with a closed microphone and a volume of its own where people had left it so; it has
    /// not told the service manager yet.
    /// </summary>
    public static async Task<RunningDevice> StartAsync(
        LiveOptions live, DeviceSurroundings around, IReadOnlyList<Remembered> past, bool isMuted, int? volume)
    {
        var running = new RunningDevice(live, around);
        try
        {
            if (past.Count > 0) running.Device.Conversation.Restore(past);
            if (volume is { } percent && percent != running.Device.Volume.Percent) running.Device.Volume.Set(percent);
            if (isMuted) running.Device.Mute();
            await running.Device.StartAsync().ConfigureAwait(false);
            running._plugged = new SoundCardWatch(running.Device.Retry);
            return running;
        }
        catch
        {
            await running.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>From now on the service manager's status line is kept true; called again, it is looked at anew.</summary>
    public void TellStatus() => _status.Begin();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0) return;
        _plugged?.Dispose();
        await Device.DisposeAsync().ConfigureAwait(false);
        Ports.Dispose();
        if (_display is not null) await _display.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>What every device of this service is put into.</summary>
/// <param name="Supervisor">The service manager.</param>
/// <param name="Remote">The button that the control socket presses; it outlives the devices, so that no press is lost between two.</param>
/// <param name="Watch">Tells the control socket's watchers, and the journal behind them.</param>
/// <param name="Unconfigured">Why there is no configuration to connect with, in one line; null where there is one.</param>
/// <param name="Problems">What is wrong with the configuration, one line each.</param>
/// <param name="Time">Clock.</param>
/// <param name="Logs">Where it logs.</param>
/// <param name="Log">The service's own log.</param>
internal sealed record DeviceSurroundings(
    IServiceSupervisor Supervisor, ScriptedButton Remote, ControlWatch Watch, Func<string?> Unconfigured, Func<IReadOnlyList<string>> Problems, TimeProvider Time, ILoggerFactory Logs, ILogger Log);
