using EdgeVoice.Core.Audio;

namespace EdgeVoice.Sound;

/// <summary>Writes mono sound of a card into a WAV file at another rate, in time with the sound: the filter's delay is cut off at the front.</summary>
/// <remarks>One thread.</remarks>
internal sealed class WavRecorder(WavWriter wav, int cardRate, int fileRate, long mostFrames = long.MaxValue)
{
    private readonly Resampler _resampler = new(cardRate, fileRate);
    private float[] _resampled = [];
    private short[] _samples = [];
    private int _delay = -1;

    /// <summary>Resamples and writes; false when the file has all it is to hold.</summary>
    /// <exception cref="IOException">The file takes no more.</exception>
    public bool Add(ReadOnlySpan<float> mono)
    {
        if (_delay < 0) _delay = _resampler.FlushCount;
        MakeRoom(Math.Max(_resampler.MaxOutput(mono.Length), _resampler.FlushCount));
        var count = _resampler.Process(mono, _resampled);
        var early = Math.Min(_delay, count);
        _delay -= early;
        return Write(_resampled.AsSpan(early, count - early));
    }

    /// <summary>Writes what is still in the filter.</summary>
    /// <exception cref="IOException">The file takes no more.</exception>
    public void End()
    {
        if (_delay < 0) return;
        var count = _resampler.Flush(_resampled);
        Write(_resampled.AsSpan(Math.Min(_delay, count), count - Math.Min(_delay, count)));
    }

    private bool Write(ReadOnlySpan<float> sound)
    {
        sound = sound[..(int)Math.Min(sound.Length, mostFrames - wav.Frames)];
        PcmConvert.ToInt16(sound, _samples);
        wav.Write(_samples.AsSpan(0, sound.Length));
        return wav.Frames < mostFrames;
    }

    private void MakeRoom(int count)
    {
        if (_resampled.Length >= count) return;
        _resampled = new float[count];
        _samples = new short[count];
    }
}
