namespace Alsa.Net;

/// <summary>Which devices, and how to record.</summary>
public class SoundDeviceSettings
{
    public string PlaybackDeviceName { get; set; } = "default";

    public string RecordingDeviceName { get; set; } = "default";

    public string MixerDeviceName { get; set; } = "default";

    public uint RecordingSampleRate { get; set; } = 8_000;

    public ushort RecordingChannels { get; set; } = 2;

    public ushort RecordingBitsPerSample { get; set; } = 16;
}
