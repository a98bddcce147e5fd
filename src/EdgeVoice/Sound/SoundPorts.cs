using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Sound;

/// <summary>Opens what a device string on the command line means: a sound card, or one of the virtual devices.</summary>
internal static class SoundPorts
{
    /// <summary>Words for the device that is meant when none is named.</summary>
    public const string Default = "default";

    private const string Only = "auto";

    // Nothing waits for these frames: a deep buffer forgives a busy disk or terminal.
    private const int CapturePeriods = 50;

    // As little as nobody waits for the end of a file.
    private const int PlaybackPeriods = 30;

    /// <summary>The only microphone or loudspeaker where there is exactly one, else ALSA's own default.</summary>
    public static string Choose(string? device, bool capture)
    {
        if (device is not null) return device;
        try
        {
            return AlsaDevices.Resolve(Only, capture);
        }
        catch (AudioDeviceException)
        {
            return Default;
        }
    }

    /// <summary>Opens a microphone; asks for so many frames a second and at least <paramref name="channel"/> + 1 channels.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses, or has no such channel.</exception>
    public static IAudioSource OpenSource(string device, int rate, int channel, TimeProvider time)
    {
        IAudioSource source = DeviceStrings.IsVirtual(device) && DeviceStrings.TryParseCapture(device, out var parsed, out _)
            ? DeviceStrings.Capture(parsed, time)()
            : AlsaAudioSource.Open(new AlsaStreamSettings(device, rate) { Channels = channel + 1, Periods = CapturePeriods }, time);
        var channels = source.Format.Channels;
        if (channel < channels) return source;
        source.Dispose();
        throw new AudioDeviceException($"capture device '{device}' has {channels} channel{(channels == 1 ? "" : "s")}: --channel is 0 to {channels - 1}");
    }

    /// <summary>Opens a loudspeaker; asks for so many frames a second and channels.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses.</exception>
    public static IAudioSink OpenSink(string device, int rate, int channels, TimeProvider time)
    {
        if (!DeviceStrings.IsVirtual(device)) return AlsaAudioSink.Open(new AlsaStreamSettings(device, rate) { Channels = channels, Periods = PlaybackPeriods }, time);
        var period = rate / 100;
        return SimulatedSink.Open(device, time, new AudioStreamFormat(rate, channels, period, PlaybackPeriods * period));
    }
}
