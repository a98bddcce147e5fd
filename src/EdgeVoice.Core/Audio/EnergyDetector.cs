namespace EdgeVoice.Core.Audio;

/// <summary>
/// Voice activity by energy: speech is what stands 10 dB above the quietest 10 ms of the last two seconds, and above
/// a fixed least level, for 30 of 40 ms. Steady noise is learnt within two seconds, speech is found from the first 40 ms on.
/// </summary>
/// <remarks>One thread at a time; no allocation after construction; blocks of any size give the same frames of 10 ms.</remarks>
public sealed class EnergyDetector
{
    private const int FrameMs = 10;
    private const int HangoverMs = 200;
    private const float MarginDb = 10;
    private const float HysteresisDb = 3;
    private const int BucketFrames = 20;
    private const float AssumedFloorDb = -56;
    private const float ReleaseDbPerFrame = 1;

    private readonly int _frameSamples;
    private readonly float _leastDb;
    private readonly double _pole;
    private readonly float[] _quietest = new float[10];
    private double _previousIn, _previousOut, _energy;
    private int _inFrame;
    private int _bucket, _framesInBucket;
    private int _recentLoud;
    private long _frames, _lastSpeechFrame;

    /// <summary>
    /// For mono at <paramref name="rate"/> samples a second (1,000 to 384,000). <paramref name="leastDb"/>: nothing quieter
    /// than this many dBFS is ever speech.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the range.</exception>
    public EnergyDetector(int rate, float leastDb = -46)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, Resampler.LowestRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, Resampler.HighestRate);
        _frameSamples = rate * FrameMs / 1000;
        _leastDb = leastDb;
        // A high-pass of 100 Hz: offsets of cheap converters and mains hum are not speech.
        _pole = Math.Exp(-2 * Math.PI * 100 / rate);
        Reset();
    }

    /// <summary>True while speech is heard and for 200 ms after it.</summary>
    public bool IsSpeech { get; private set; }

    /// <summary>True once speech has been heard since the last <see cref="Reset"/>.</summary>
    public bool HeardSpeech { get; private set; }

    /// <summary>Level of the last 10 ms in dBFS, without what lies under 100 Hz.</summary>
    public float LevelDb { get; private set; }

    /// <summary>Level for lights: 0 at -60 dBFS to 1 at -12; rises at once, falls by 100 dB a second.</summary>
    public float Level { get; private set; }

    /// <summary>Milliseconds of audio since speech was last heard, or since the last <see cref="Reset"/>.</summary>
    public int SilenceMs => (int)Math.Min((_frames - _lastSpeechFrame) * FrameMs, int.MaxValue);

    /// <summary>Level of the background in dBFS as learnt so far.</summary>
    public float NoiseDb { get; private set; }

    /// <summary>Takes the next samples; returns <see cref="IsSpeech"/> after them.</summary>
    public bool Process(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            _previousOut = sample - _previousIn + _pole * _previousOut;
            _previousIn = sample;
            _energy += _previousOut * _previousOut;
            if (++_inFrame == _frameSamples) EndFrame();
        }

        return IsSpeech;
    }

    /// <summary>Forgets everything heard, the background too.</summary>
    public void Reset()
    {
        Array.Fill(_quietest, AssumedFloorDb);
        (_previousIn, _previousOut, _energy, _inFrame) = (0, 0, 0, 0);
        (_bucket, _framesInBucket, _recentLoud, _frames, _lastSpeechFrame) = (0, 0, 0, 0, 0);
        (IsSpeech, HeardSpeech, LevelDb, Level, NoiseDb) = (false, false, LevelMeter.Floor, 0, AssumedFloorDb);
    }

    private void EndFrame()
    {
        LevelDb = LevelMeter.PowerToDb(_energy / (32768.0 * 32768.0 * _frameSamples));
        Level = Math.Max(Math.Clamp((LevelDb + 60) / 48, 0, 1), Level - ReleaseDbPerFrame / 48);
        _energy = 0;
        _inFrame = 0;
        _frames++;
        var threshold = Math.Max(NoiseDb + MarginDb, _leastDb) - (IsSpeech ? HysteresisDb : 0);
        _recentLoud = (_recentLoud << 1 | (LevelDb > threshold ? 1 : 0)) & 0b1111;
        if (LevelDb > threshold && (IsSpeech || System.Numerics.BitOperations.PopCount((uint)_recentLoud) >= 3))
        {
            IsSpeech = HeardSpeech = true;
            _lastSpeechFrame = _frames;
        }
        else if (SilenceMs >= HangoverMs)
        {
            IsSpeech = false;
        }

        TrackNoise();
    }

    // The least level of the last two seconds in ten buckets: speech has gaps, noise has none.
    private void TrackNoise()
    {
        if (++_framesInBucket > BucketFrames)
        {
            _framesInBucket = 1;
            _bucket = (_bucket + 1) % _quietest.Length;
            _quietest[_bucket] = float.MaxValue;
        }

        _quietest[_bucket] = Math.Min(_quietest[_bucket], LevelDb);
        var quietest = float.MaxValue;
        foreach (var level in _quietest) quietest = Math.Min(quietest, level);
        NoiseDb = quietest;
    }
}
