using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Tools;

namespace EdgeVoice.Device;

/// <summary>The volume while the device runs: heard at once, and shown by the lights. Not kept over a restart.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class LiveVolume : IVolume
{
    private readonly PlaybackControl _playback;
    private readonly Action<int> _shown;
    private volatile int _percent;

    /// <summary>Begins at <paramref name="percent"/>, which nobody has to be shown.</summary>
    public LiveVolume(PlaybackControl playback, int percent, Action<int> shown)
    {
        (_playback, _shown, _percent) = (playback, shown, percent);
        playback.SetGain(VolumeCurve.ToGain(percent));
    }

    /// <summary>It was set to so many percent, on the thread that did it.</summary>
    public event Action<int>? Changed;

    /// <inheritdoc />
    public int Percent => _percent;

    /// <inheritdoc />
    public void Set(int percent)
    {
        _percent = Math.Clamp(percent, 0, 100);
        _playback.SetGain(VolumeCurve.ToGain(_percent));
        _shown(_percent);
        Changed?.Invoke(_percent);
    }
}
