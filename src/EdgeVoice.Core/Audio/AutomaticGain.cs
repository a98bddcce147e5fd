namespace EdgeVoice.Core.Audio;

/// <summary>
/// Raises quiet microphones slowly: speech is brought to -23 dBFS by at most 24 dB, nothing is ever turned down below its own level.
/// Only speech moves the gain, so pauses and noise are not pumped up, and the background is never raised above -50 dBFS.
/// </summary>
/// <remarks>One thread; in place; no allocation. It may exceed full scale for a moment: a <see cref="Limiter"/> comes after it.</remarks>
public sealed class AutomaticGain
{
    /// <summary>Most gain in dB.</summary>
    public const float MostDb = 24;

    /// <summary>Level that speech is brought to, in dBFS.</summary>
    public const float TargetDb = -23;

    private const int FrameMs = 10;
    private const float NoiseLimitDb = -50;
    private const float SpeechMarginDb = 10;
    private const float LeastSpeechDb = -65;
    private const float RiseDb = 0.04f; // 4 dB a second of speech
    private const float FallDb = 0.3f; // 30 dB a second: too loud is worse than too quiet
    private const float NoiseRiseDb = 0.02f; // 2 dB a second
    private const float AssumedNoiseDb = -70;
    private readonly int _frameSamples;
    private double _energy;
    private int _inFrame;
    private float _noiseDb, _speechDb, _gain, _target, _step;

    /// <summary>For mono at <paramref name="rate"/> samples a second, 1,000 to 384,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the range.</exception>
    public AutomaticGain(int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, Resampler.LowestRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, Resampler.HighestRate);
        _frameSamples = rate * FrameMs / 1000;
        Reset();
    }

    /// <summary>The gain now, in dB.</summary>
    public float GainDb { get; private set; }

    /// <summary>Amplifies in place, and learns from what it heard; the same output whatever the block sizes.</summary>
    public void Process(Span<float> samples)
    {
        foreach (ref var sample in samples)
        {
            _energy += (double)sample * sample;
            _gain += _step;
            sample *= _gain;
            if (++_inFrame == _frameSamples) EndFrame();
        }
    }

    /// <summary>Forgets what it learnt.</summary>
    public void Reset()
    {
        (_energy, _inFrame) = (0, 0);
        (_noiseDb, _speechDb, _gain, _target, _step, GainDb) = (AssumedNoiseDb, TargetDb, 1, 1, 0, 0);
    }

    private void EndFrame()
    {
        var level = double.IsFinite(_energy) ? LevelMeter.PowerToDb(_energy / _frameSamples) : TargetDb;
        (_energy, _inFrame) = (0, 0);
        // What is quietest is the background; digital silence says nothing about the room.
        if (level > LevelMeter.Floor) _noiseDb = Math.Min(level, _noiseDb + NoiseRiseDb);
        if (level > Math.Max(_noiseDb + SpeechMarginDb, LeastSpeechDb)) Follow(level);
        // Along a line to the new gain: no step, and no rounding that adds up.
        _gain = _target;
        _target = Decibels.ToFactor(GainDb);
        _step = (_target - _gain) / _frameSamples;
    }

    private void Follow(float level)
    {
        _speechDb += (level - _speechDb) * (level > _speechDb ? 0.2f : 0.02f);
        var most = Math.Clamp(NoiseLimitDb - _noiseDb, 0, MostDb);
        var wanted = Math.Clamp(TargetDb - _speechDb, 0, most);
        GainDb += Math.Clamp(wanted - GainDb, -FallDb, RiseDb);
    }
}
