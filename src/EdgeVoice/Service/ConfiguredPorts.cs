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
internal sealed class ConfiguredPorts(EdgeVoiceOptions options, IPixelRing? terminal, TimeProvider time, ILoggerFactory logs) : IDisposable
{
    private const string NotBuiltIn = "audio.backend \"alsa-net\" was not built in: use \"alsa\", or build with -p:IotPackages=true";
    private readonly ConfiguredButtons _buttons = new(options.Button, time, logs);
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
            RaiseThread = () => RealTimeThread.TryRaise(),
        };
    }

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
        if (options.Audio.Backend != AudioBackend.Alsa) return Failing<IAudioSource>(NotBuiltIn);
        var settings = new AlsaStreamSettings(capture.Device, capture.Rate ?? WireFormats.Of(options.Realtime.Input.Format).Rate)
        {
            Channels = capture.Channel + 1,
            PeriodMs = capture.PeriodMs,
        };
        return () =>
        {
            var source = AlsaAudioSource.Open(settings, time);
            if (capture.HardwareGain is { } gain) SetMixer(capture.Device, capture: true, mixer => mixer.SetCaptureGain(gain));
            return source;
        };
    }

    private Func<IAudioSink> Sink(PlaybackOptions playback)
    {
        if (!DeviceStrings.TryParsePlayback(playback.Device, out _, out var problem)) return Failing<IAudioSink>(problem);
        if (DeviceStrings.IsVirtual(playback.Device)) return () => SimulatedSink.Open(playback.Device, time);
        if (options.Audio.Backend != AudioBackend.Alsa) return Failing<IAudioSink>(NotBuiltIn);
        var settings = new AlsaStreamSettings(playback.Device, WireFormats.Of(options.Realtime.Output.Format).Rate) { PeriodMs = playback.PeriodMs };
        return () =>
        {
            var sink = AlsaAudioSink.Open(settings, time);
            if (playback.HardwareVolume is { } volume) SetMixer(playback.Device, capture: false, mixer => mixer.SetPlaybackVolume(volume));
            return sink;
        };
    }

    // A card without such a control is no reason to be silent.
    private static void SetMixer(string device, bool capture, Func<AlsaMixer, bool> set)
    {
        using var mixer = AlsaMixer.TryOpen(device, capture);
        if (mixer is not null) set(mixer);
    }

    private Func<T> Failing<T>(string line)
    {
        _missing.Add(line);
        return () => throw new AudioDeviceException(line);
    }

    private IPixelRing? Ring()
    {
        _ring = ConfiguredLights.Create(options.Led, terminal, out var problem);
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
