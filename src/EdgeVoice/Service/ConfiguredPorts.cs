using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Service;

/// <summary>Makes the ports that a configuration names.</summary>
/// <remarks>
/// Under <c>run</c> nothing missing stops the program: a device that cannot be had is a port whose opening fails with one line,
/// tried again every second. Owned by the service, which disposes it after the device has stopped.
/// </remarks>
internal sealed class ConfiguredPorts(EdgeVoiceOptions options, IPixelRing? terminal, TimeProvider time) : IDisposable
{
    private readonly List<IButtonPin> _buttons = [];

    /// <summary>The button that the control socket presses.</summary>
    public ScriptedButton Remote { get; } = new(time);

    /// <summary>What cannot be had, one line each.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>The ports.</summary>
    public DevicePorts Create()
    {
        _buttons.Add(Remote);
        AddButton(options.Button);
        var capture = options.Audio.Capture.Device;
        var playback = options.Audio.Playback.Device;
        return new DevicePorts
        {
            OpenSource = DeviceStrings.TryParseCapture(capture, out var source, out var problem) && DeviceStrings.IsVirtual(capture)
                ? DeviceStrings.Capture(source, time)
                : Failing<IAudioSource>("audio.capture.device", capture, problem),
            OpenSink = DeviceStrings.TryParsePlayback(playback, out _, out problem) && DeviceStrings.IsVirtual(playback)
                ? () => SimulatedSink.Open(playback, time)
                : Failing<IAudioSink>("audio.playback.device", playback, problem),
            Endpoint = Endpoint,
            Buttons = _buttons,
            Ring = Ring(),
            HearsItself = !DeviceStrings.IsVirtual(capture) && !DeviceStrings.IsVirtual(playback),
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var button in _buttons) button.Dispose();
    }

    private Func<T> Failing<T>(string key, string device, string problem)
    {
        var line = problem.Length > 0 ? problem : $"{key} \"{device}\": sound cards are not supported yet; use wav:, tone: or null";
        Missing.Add(line);
        return () => throw new AudioDeviceException(line);
    }

    private void AddButton(ButtonOptions button)
    {
        if (button.Device is null)
        {
            Missing.Add($"button {button.Chip} line {button.Line}: GPIO is not supported yet; use \"device\": \"script:PATH\", or edgevoice ctl press");
            return;
        }

        if (!DeviceStrings.TryParseButton(button.Device, out var device, out var problem)) Missing.Add(problem);
        else if (device.Kind == DeviceStringKind.Script) AddScript(device.Argument);
    }

    private void AddScript(string path)
    {
        try
        {
            _buttons.Add(new ScriptedButton(time, ScriptedButtonScript.Load(path)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Missing.Add(e.Message);
        }
    }

    private IPixelRing? Ring()
    {
        if (!DeviceStrings.TryParseLeds(options.Led.Device, out var device, out var problem)) Missing.Add(problem);
        else if (device.Kind == DeviceStringKind.Terminal) return terminal;
        else if (device.Kind == DeviceStringKind.Hardware)
            Missing.Add($"led.device \"{options.Led.Device}\": SPI lights are not supported yet; use \"terminal\" or \"none\"");
        return null;
    }

    // Read anew before each attempt: a credential that was put right is taken at once.
    private TransportEndpoint Endpoint()
    {
        var url = RealtimeEndpoint.Build(options.Realtime);
        if (options.Realtime.Credential is not { } credential) return new TransportEndpoint(url, null);
        var read = CredentialReader.Read(credential);
        return read.Secret is { } secret
            ? new TransportEndpoint(url, secret.Reveal())
            : throw new RealtimeConnectException(read.Error ?? "no credential");
    }
}
