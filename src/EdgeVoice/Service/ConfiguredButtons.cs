using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Input;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>Makes the buttons, and the switch for the microphone, that a configuration names.</summary>
/// <remarks>Any thread may read; one owner disposes, after the device has stopped.</remarks>
internal sealed class ConfiguredButtons : IDisposable
{
    private readonly List<IButtonPin> _pins = [];
    private readonly List<Func<string?>> _problems = [];
    private readonly List<string> _missing = [];
    private readonly ScriptedButton _remote;
    private readonly PinBackend _backend;
    private readonly IIotBackends? _iot;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;

    /// <param name="options">What is configured.</param>
    /// <param name="remote">The control socket's button; it stays its owner's to dispose.</param>
    /// <param name="iot">The backends of the packages, where built in.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logs">Where losses and returns are told.</param>
    public ConfiguredButtons(ButtonOptions options, ScriptedButton remote, IIotBackends? iot, TimeProvider time, ILoggerFactory logs)
    {
        (_backend, _iot, _time, _logs) = (options.Backend, iot, time, logs);
        _remote = remote;
        _pins.Add(remote);
        AddButton(options);
        if (options.MuteSwitch is { Line: { } line } mute) MuteSwitch = Line(new GpioLineSettings(mute.Chip, line, mute.Pull), "mute switch", keepsLevel: true);
    }

    /// <summary>All buttons.</summary>
    public IReadOnlyList<IButtonPin> Pins => _pins;

    /// <summary>The switch for the microphone, or null.</summary>
    public IButtonPin? MuteSwitch { get; }

    /// <summary>What cannot be had now, one line each.</summary>
    public IEnumerable<string> Missing => [.. _missing, .. _problems.Select(problem => problem()).OfType<string>()];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var pin in _pins.Where(pin => pin != _remote)) pin.Dispose();
        MuteSwitch?.Dispose();
    }

    private void AddButton(ButtonOptions options)
    {
        if (options.Device is null)
        {
            if (Line(new GpioLineSettings(options.Chip, options.Line, options.Pull), "button", keepsLevel: false) is { } pin) _pins.Add(pin);
        }
        else if (!DeviceStrings.TryParseButton(options.Device, out var device, out var problem))
            _missing.Add(problem);
        else if (device.Kind == DeviceStringKind.Script)
            AddScript(device.Argument);
        else if (device.Kind == DeviceStringKind.Input)
            _pins.Add(Watched(new EvdevButtonPin(device.Argument, options.Key, _time, _logs.CreateLogger<EvdevButtonPin>())));
    }

    // Null where its backend was not built in, which is then among what is missing.
    private IButtonPin? Line(GpioLineSettings line, string use, bool keepsLevel)
    {
        if (_backend == PinBackend.Kernel)
            return Watched(new GpioButtonPin(line, use, keepsLevel, _time, _logs.CreateLogger<GpioButtonPin>()));
        if (_iot is null)
        {
            _missing.Add($"{use}: {Backends.NotBuiltIn("button.backend", "iot", "kernel")}");
            return null;
        }

        var (pin, problem) = _iot.Line(line.Line.Number, line.Pull, use, keepsLevel, _time, _logs);
        _problems.Add(problem);
        return pin;
    }

    private KernelButtonPin Watched(KernelButtonPin pin)
    {
        _problems.Add(() => pin.Problem);
        return pin;
    }

    private void AddScript(string path)
    {
        try
        {
            _pins.Add(new ScriptedButton(_time, ScriptedButtonScript.Load(path)));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _missing.Add(e.Message);
        }
    }
}
