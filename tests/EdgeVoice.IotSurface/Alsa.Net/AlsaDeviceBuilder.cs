namespace Alsa.Net;

/// <summary>Makes sound devices: here fake ones.</summary>
public static class AlsaDeviceBuilder
{
    public static ISoundDevice Create(SoundDeviceSettings settings) => new FakeSoundDevice(settings);
}
