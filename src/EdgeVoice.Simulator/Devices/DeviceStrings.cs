using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Simulator.Devices;

/// <summary>
/// The device strings of the configuration. Capture: <c>wav:PATH</c>, <c>tone:HZ</c>, <c>null</c>; playback: <c>wav:PATH</c>,
/// <c>null</c>; button: <c>none</c>, <c>script:PATH</c>,
/// <c>input:NAME</c> (real keys); lights: <c>none</c>, <c>terminal</c>. Anything without one of these
/// forms is the name of hardware.
/// </summary>
/// <remarks>Stateless; any thread.</remarks>
public static class DeviceStrings
{
    private const string CaptureForms = "an ALSA PCM name, wav:PATH, tone:HZ or null";
    private const string PlaybackForms = "an ALSA PCM name, wav:PATH or null";
    private const string ButtonForms = "input:NAME, none or script:PATH";
    private const string LedForms = "a device path, none or terminal";

    /// <summary>True when the text has one of the virtual forms, whatever it is used for and whether it is complete or not.</summary>
    public static bool IsVirtual(string text) => KindOf(text) is not (DeviceStringKind.Hardware or DeviceStringKind.Input);

    /// <summary>Takes a microphone's string apart; false with one line for people when it cannot be one.</summary>
    public static bool TryParseCapture(string text, out DeviceString device, out string error) => TryParse(
        text, CaptureForms, out device, out error, DeviceStringKind.Wav, DeviceStringKind.Tone, DeviceStringKind.Null);

    /// <summary>Takes a loudspeaker's string apart; false with one line for people when it cannot be one.</summary>
    public static bool TryParsePlayback(string text, out DeviceString device, out string error) => TryParse(
        text, PlaybackForms, out device, out error, DeviceStringKind.Wav, DeviceStringKind.Null);

    /// <summary>Takes a button's string apart; false with one line for people when it cannot be one.</summary>
    public static bool TryParseButton(string text, out DeviceString device, out string error) => TryParse(
        text, ButtonForms, out device, out error, DeviceStringKind.None, DeviceStringKind.Script, DeviceStringKind.Input);

    /// <summary>Takes the lights' string apart; false with one line for people when it cannot be one.</summary>
    public static bool TryParseLeds(string text, out DeviceString device, out string error) => TryParse(
        text, LedForms, out device, out error, DeviceStringKind.None, DeviceStringKind.Terminal);

    /// <summary>
    /// The factory of a virtual microphone. Calling it throws <see cref="AudioDeviceException"/> with one line when a file is
    /// missing or not a WAV that can be read; each call reads it anew.
    /// </summary>
    /// <exception cref="ArgumentException">The device is not a virtual microphone.</exception>
    public static Func<IAudioSource> Capture(DeviceString device, TimeProvider time) => device.Kind switch
    {
        DeviceStringKind.Null => () => new NullSource(time),
        DeviceStringKind.Tone => () => new ToneSource(device.Hz, time),
        DeviceStringKind.Wav => () => OpenWav(device.Argument, time),
        _ => throw new ArgumentException($"{device.Kind} is not a virtual microphone", nameof(device)),
    };

    private static SimulatedSource OpenWav(string path, TimeProvider time)
    {
        try
        {
            return PipeSource.TryOpen(path, time) ?? (SimulatedSource)new WavSource(WavFile.Read(path), time);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AudioDeviceException(e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}", e);
        }
    }

    private static bool TryParse(
        string text, string forms, out DeviceString device, out string error, params ReadOnlySpan<DeviceStringKind> allowed)
    {
        device = default;
        var kind = KindOf(text);
        var argument = kind == DeviceStringKind.Hardware ? text : text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        error = $"'{text}' cannot be used here; allowed: {forms}";
        if (string.IsNullOrWhiteSpace(text) || (kind != DeviceStringKind.Hardware && !allowed.Contains(kind))) return false;
        if (string.IsNullOrWhiteSpace(argument))
        {
            error = $"'{text}' lacks what follows the colon; allowed: {forms}";
            return false;
        }

        double hz = 0;
        if (kind == DeviceStringKind.Tone && !TryTone(argument, out hz))
        {
            error = $"'{text}': a tone is {ToneSource.LowestHz} to {ToneSource.HighestHz} Hz";
            return false;
        }

        error = "";
        var hasArgument = kind is DeviceStringKind.Hardware or DeviceStringKind.Wav or DeviceStringKind.Script or DeviceStringKind.Input;
        device = new DeviceString(kind, hasArgument ? argument : "", hz);
        return true;
    }

    private static bool TryTone(string text, out double hz) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out hz)
        && hz is >= ToneSource.LowestHz and <= ToneSource.HighestHz;

    private static DeviceStringKind KindOf(string text) => text switch
    {
        "null" => DeviceStringKind.Null,
        "none" => DeviceStringKind.None,
        "terminal" => DeviceStringKind.Terminal,
        _ when text.StartsWith("wav:", StringComparison.Ordinal) => DeviceStringKind.Wav,
        _ when text.StartsWith("tone:", StringComparison.Ordinal) => DeviceStringKind.Tone,
        _ when text.StartsWith("input:", StringComparison.Ordinal) => DeviceStringKind.Input,
        _ when text.StartsWith("script:", StringComparison.Ordinal) => DeviceStringKind.Script,
        _ => DeviceStringKind.Hardware,
    };
}
