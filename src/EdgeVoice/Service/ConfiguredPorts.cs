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
    EdgeVoiceOptions options, IPixelRing? terminal, IIotBackends? iot, TimeProvider time, ILoggerFactory logs) : IDisposable
{
    private static readonly string NotBuiltIn = Backends.NotBuiltIn("audio.backend", "alsa-net", "alsa");
    private readonly ConfiguredButtons _buttons = new(options.Button, iot, time, logs);
    private readonly List<string> _missing = [];
    private IPixelRing? _ring;

    /// <summary>The button that the control socket presses.</summary>
    public ScriptedButton Remote => _buttons.Remote;

    /// <summary>What cannot be had now, one line each. Any thread, after <see cref="Create"/>.</summary>
    public IReadOnlyList<string> Missing => [.. _missing, .. _buttons.Missing];

    /// <summary>The ports.</summary>
    public DevicePorts Create()
    {
        var capture = options.Audio.Capture;
        var playback = options.Audio.Playback;
        return new DevicePorts
        {
            OpenSource = Source(capture),
            OpenSink = Sink(playback),
            Endpoint = Endpoint,
            Buttons = _buttons.Pins,
            MuteSwitch = _buttons.MuteSwitch,
            Ring = Ring(),
            HearsItself = !DeviceStrings.IsVirtual(capture.Device) && !DeviceStrings.IsVirtual(playback.Device),
            IsRealMicrophone = !DeviceStrings.IsVirtual(capture.Device),
            StateDirectory = options.Service.StateDirectory ?? StateDirectory(),
            RaiseThread = () => RealTimeThread.TryRaise(),
        };
    }

    // Systemd may name several, the first of which is ours.
    private static string? StateDirectory() =>
        Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : null;

    /// <inheritdoc />
    public void Dispose()
    {
        _buttons.Dispose();
        // A terminal's ring is its display's.
        if (!ReferenceEquals(_ring, terminal)) _ring?.Dispose();
    }

    private Func<IAudioSource> Source(CaptureOptions capture)
    {
        if (!DeviceStrings.TryParseCapture(capture.Device, out var device, out var problem)) return Failing<IAudioSource>(problem);
        if (DeviceStrings.IsVirtual(capture.Device)) return DeviceStrings.Capture(device, time);
        var rate = capture.Rate ?? WireFormats.Of(options.Realtime.Input.Format).Rate;
        if (options.Audio.Backend == AudioBackend.AlsaNet)
        {
            return iot is null
                ? Failing<IAudioSource>(NotBuiltIn)
                : () => WithGain(iot.OpenSource(AlsaDevices.Resolve(capture.Device, capture: true), rate, capture.Channel + 1, time), capture);
        }

        var settings = new AlsaStreamSettings(capture.Device, rate)
        {
            Channels = capture.Channel + 1,
            PeriodMs = capture.PeriodMs,
        };
        return () => WithGain(AlsaAudioSource.Open(settings, time), capture);
    }

    private Func<IAudioSink> Sink(PlaybackOptions playback)
    {
        if (!DeviceStrings.TryParsePlayback(playback.Device, out _, out var problem)) return Failing<IAudioSink>(problem);
        if (DeviceStrings.IsVirtual(playback.Device)) return () => SimulatedSink.Open(playback.Device, time);
        var rate = WireFormats.Of(options.Realtime.Output.Format).Rate;
        if (options.Audio.Backend == AudioBackend.AlsaNet)
        {
            return iot is null
                ? Failing<IAudioSink>(NotBuiltIn)
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

    private Func<T> Failing<T>(string line)
    {
        // Said once, though microphone and loudspeaker may want the same.
        if (!_missing.Contains(line)) _missing.Add(line);
        return () => throw new AudioDeviceException(line);
    }

    private IPixelRing? Ring()
    {
        _ring = ConfiguredLights.Create(options.Led, terminal, iot, out var problem);
        if (problem is not null) _missing.Add(problem);
        return _ring;
    }

    // Read anew before each attempt: a credential that was put right is taken at once.
    private TransportEndpoint Endpoint()
    {
        var url = RealtimeEndpoint.Build(options.Realtime);
        if (options.Realtime.Credential is not { } credential) return new TransportEndpoint(url, null);
        var read = CredentialReader.Read(credential);
        return read.Secret is { } secret
            ? new TransportEndpoint(url, secret.Reveal())
            : throw new RealtimeConnectException(read.Error ?? "no credential") { Trouble = Trouble.KeyRejected };
    }
}
