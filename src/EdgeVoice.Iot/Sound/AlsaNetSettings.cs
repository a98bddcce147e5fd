using Alsa.Net;

namespace EdgeVoice.Iot.Sound;

/// <summary>What is asked of Alsa.Net.</summary>
/// <param name="Device">PCM name of ALSA.</param>
/// <param name="Rate">Frames a second, 8,000 to 96,000.</param>
/// <param name="Channels">Samples a frame, 1 to 8.</param>
public sealed record AlsaNetSettings(string Device, int Rate, int Channels)
{
    /// <summary>Bits of a sample. Alsa.Net takes 24 for four bytes a sample and counts three; 16 is what it does right.</summary>
    public const ushort Bits = 16;

    /// <summary>
    /// The name that is opened: a card's bare name gets ALSA's conversion before it (<c>hw:0</c> becomes <c>plughw:0</c>), for Alsa.Net takes
    /// the nearest rate of a bare card and does not say which.
    /// </summary>
    public string Pcm => Device.StartsWith("hw:", StringComparison.Ordinal) ? $"plug{Device}" : Device;

    /// <summary>Bytes of a frame.</summary>
    internal int FrameBytes => Channels * sizeof(short);

    /// <summary>The package's settings.</summary>
    internal SoundDeviceSettings ToPackage() => new()
    {
        PlaybackDeviceName = Pcm,
        RecordingDeviceName = Pcm,
        RecordingSampleRate = (uint)Rate,
        RecordingChannels = (ushort)Channels,
        RecordingBitsPerSample = Bits,
    };
}
