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
    private readonly List<KernelButtonPin> _watched = [];
    private readonly List<string> _missing = [];
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;

    public ConfiguredButtons(ButtonOptions options, TimeProvider time, ILoggerFactory logs)
    {
        (_time, _logs) = (time, logs);
        Remote = new ScriptedButton(time);
        _pins.Add(Remote);
        AddButton(options);
        if (options.MuteSwitch is { Line: { } line } mute) MuteSwitch = Line(new GpioLineSettings(mute.Chip, line, mute.Pull), "mute switch", keepsLevel: true);
    }

    /// <summary>The button that the control socket presses.</summary>
    public ScriptedButton Remote { get; }

    /// <summary>All buttons.</summary>
    public IReadOnlyList<IButtonPin> Pins => _pins;

    /// <summary>The switch for the microphone, or null.</summary>
    public IButtonPin? MuteSwitch { get; }

    /// <summary>What cannot be had now, one line each.</summary>
    public IEnumerable<string> Missing => [.. _missing, .. _watched.Select(pin => pin.Problem).OfType<string>()];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var pin in _pins) pin.Dispose();
        MuteSwitch?.Dispose();
    }

    private void AddButton(ButtonOptions options)
    {
        if (options.Device is null)
            _pins.Add(Line(new GpioLineSettings(options.Chip, options.Line, options.Pull), "button", keepsLevel: false));
        else if (!DeviceStrings.TryParseButton(options.Device, out var device, out var problem))
            _missing.Add(problem);
        else if (device.Kind == DeviceStringKind.Script)
            AddScript(device.Argument);
        else if (device.Kind == DeviceStringKind.Input)
            _pins.Add(Watched(new EvdevButtonPin(device.Argument, options.Key, _time, _logs.CreateLogger<EvdevButtonPin>())));
    }

    private KernelButtonPin Line(GpioLineSettings line, string use, bool keepsLevel) =>
        Watched(new GpioButtonPin(line, use, keepsLevel, _time, _logs.CreateLogger<GpioButtonPin>()));

    private KernelButtonPin Watched(KernelButtonPin pin)
    {
        _watched.Add(pin);
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
