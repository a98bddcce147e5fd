using System.Collections.Concurrent;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Device;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>Makes the ports that a configuration names.</summary>
/// <remarks>
/// Under <c>run</c> nothing missing stops the program: a device that cannot be had is a port whose opening fails with one line,
/// tried again every second. Owned by the service, which disposes it after the device has stopped.
/// </remarks>
internal sealed class ConfiguredPorts(
    LiveOptions live, IPixelRing? terminal, IIotBackends? iot, TimeProvider time, ILoggerFactory logs) : IDisposable
{
    private static readonly string NotBuiltIn = Backends.NotBuiltIn("audio.backend", "alsa-net", "alsa");
    // By what is missing: a change of the file may mend it.
    private readonly ConcurrentDictionary<string, string> _missing = new(StringComparer.Ordinal);
    private ConfiguredButtons? _buttons;
    private IPixelRing? _ring;

    /// <summary>The button that the control socket presses.</summary>
    public ScriptedButton Remote { get; init; } = new(time);

    /// <summary>Why there is no configuration to connect with, in one line; default: there is one.</summary>
    public Func<string?> Unconfigured { get; init; } = () => null;

    /// <summary>What cannot be had now, one line each. Any thread, after <see cref="Create"/>.</summary>
    public IReadOnlyList<string> Missing => [.. _missing.Values.Distinct(), .. Buttons?.Missing ?? []];

    /// <summary>The buttons in use.</summary>
    public ConfiguredButtons? Buttons => Volatile.Read(ref _buttons);

    /// <summary>The ports.</summary>
    public DevicePorts Create()
    {
        var (capture, playback) = (live.Now.Audio.Capture.Device, live.Now.Audio.Playback.Device);
        var buttons = OpenButtons();
        // What can be said before anything is opened is.
        Source();
        Sink();
        return new DevicePorts
        {
            OpenSource = () => Source()(),
            OpenSink = () => Sink()(),
            Endpoint = Endpoint,
            Buttons = buttons.Pins,
            MuteSwitch = buttons.MuteSwitch,
            Ring = OpenRing(),
            HearsItself = !DeviceStrings.IsVirtual(capture) && !DeviceStrings.IsVirtual(playback),
            IsRealMicrophone = !DeviceStrings.IsVirtual(capture),
            StateDirectory = live.Now.Service.StateDirectory ?? StateDirectory.Find(),
            RaiseThread = () => RealTimeThread.TryRaise(),
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _buttons?.Dispose();
        CloseRing();
    }

    /// <summary>The buttons that the options name now, in place of those before.</summary>
    public ConfiguredButtons OpenButtons()
    {
        _buttons?.Dispose();
        var buttons = new ConfiguredButtons(live.Now.Button, Remote, iot, time, logs);
        Volatile.Write(ref _buttons, buttons);
        return buttons;
    }

    /// <summary>The lights that the options name now, in place of those before, which nobody uses any more.</summary>
    public IPixelRing? OpenRing()
    {
        CloseRing();
        _ring = ConfiguredLights.Create(live.Now.Led, terminal, iot, out var problem);
        Note("led", problem);
        return _ring;
    }

    // A terminal's ring is its display's.
    private void CloseRing()
    {
        if (!ReferenceEquals(_ring, terminal)) _ring?.Dispose();
    }

    private Func<IAudioSource> Source()
    {
        var options = live.Now;
        var capture = options.Audio.Capture;
        Note("capture", null);
        if (!DeviceStrings.TryParseCapture(capture.Device, out var device, out var problem)) return Failing<IAudioSource>("capture", problem);
        if (DeviceStrings.IsVirtual(capture.Device)) return DeviceStrings.Capture(device, time);
        var rate = capture.Rate ?? WireFormats.Of(options.Realtime.Input.Format).Rate;
        if (options.Audio.Backend == AudioBackend.AlsaNet)
        {
            return iot is null
                ? Failing<IAudioSource>("capture", NotBuiltIn)
                : () => WithGain(iot.OpenSource(AlsaDevices.Resolve(capture.Device, capture: true), rate, capture.Channel + 1, time), capture);
        }

        var settings = new AlsaStreamSettings(capture.Device, rate)
        {
            Channels = capture.Channel + 1,
            PeriodMs = capture.PeriodMs,
        };
        return () => WithGain(AlsaAudioSource.Open(settings, time), capture);
    }

    private Func<IAudioSink> Sink()
    {
        var options = live.Now;
        var playback = options.Audio.Playback;
        Note("playback", null);
        if (!DeviceStrings.TryParsePlayback(playback.Device, out _, out var problem)) return Failing<IAudioSink>("playback", problem);
        if (DeviceStrings.IsVirtual(playback.Device)) return () => SimulatedSink.Open(playback.Device, time);
        var rate = WireFormats.Of(options.Realtime.Output.Format).Rate;
        if (options.Audio.Backend == AudioBackend.AlsaNet)
        {
            return iot is null
                ? Failing<IAudioSink>("playback", NotBuiltIn)
                : () => WithVolume(iot.OpenSink(AlsaDevices.Resolve(playback.Device, capture: false), rate, time), playback);
        }

        var settings = new AlsaStreamSettings(playback.Device, rate) { PeriodMs = playback.PeriodMs };
        return () => WithVolume(AlsaAudioSink.Open(settings, time), playback);
    }

    private static IAudioSource WithGain(IAudioSource source, CaptureOptions capture)
    {
        if (capture.HardwareGain is { } gain) SetMixer(capture.Device, capture: true, mixer => mixer.SetCaptureGain(gain));
        return source;
    }

    private static IAudioSink WithVolume(IAudioSink sink, PlaybackOptions playback)
    {
        if (playback.HardwareVolume is { } volume) SetMixer(playback.Device, capture: false, mixer => mixer.SetPlaybackVolume(volume));
        return sink;
    }

    // A card without such a control is no reason to be silent.
    private static void SetMixer(string device, bool capture, Func<AlsaMixer, bool> set)
    {
        using var mixer = AlsaMixer.TryOpen(device, capture);
        if (mixer is not null) set(mixer);
    }

    private Func<T> Failing<T>(string what, string line)
    {
        Note(what, line);
        return () => throw new AudioDeviceException(line);
    }

    private void Note(string what, string? problem)
    {
        if (problem is null) _missing.TryRemove(what, out _);
        else _missing[what] = problem;
    }

    // Read anew before each attempt: a credential that was put right is taken at once.
    private TransportEndpoint Endpoint()
    {
        if (Unconfigured() is { } problem) throw new RealtimeConnectException(problem) { Trouble = Trouble.ConfigurationInvalid };
        var options = live.Now;
        var url = RealtimeEndpoint.Build(options.Realtime);
        if (options.Realtime.Credential is not { } credential) return new TransportEndpoint(url, null);
        var read = CredentialReader.Read(credential);
        return read.Secret is { } secret
            ? new TransportEndpoint(url, secret.Reveal())
            : throw new RealtimeConnectException(read.Error ?? "no credential") { Trouble = Trouble.KeyRejected };
    }
}
