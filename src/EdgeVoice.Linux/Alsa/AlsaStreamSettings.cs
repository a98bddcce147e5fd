using EdgeVoice.Core.Audio;

namespace EdgeVoice.Linux.Alsa;

/// <summary>What is asked of a sound device; what it grants is read back from the opened stream.</summary>
/// <param name="Device">PCM name of ALSA, or one of the words <see cref="AlsaDevices.Resolve"/> knows.</param>
/// <param name="Rate">Frames a second, 8,000 to 96,000; another is taken when the device has not this one.</param>
public sealed record AlsaStreamSettings(string Device, int Rate)
{
    /// <summary>Samples a frame, 1 to 8; the device's nearest count is taken.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Milliseconds of a period.</summary>
    public int PeriodMs { get; init; } = 10;

    /// <summary>Periods in the buffer; null: 3 for playback, 16 for capture, where a deep buffer costs no latency.</summary>
    public int? Periods { get; init; }

    /// <summary>Sample layout wanted first; null: S16, and if the device has not that, the one with the most bits.</summary>
    public SampleFormat? Format { get; init; }
}
