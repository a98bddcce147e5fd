namespace EdgeVoice.Core.Audio;

/// <summary>
/// Keeps sound within full scale by turning it down for a moment instead of cutting its tops off. Adds no delay: it looks ahead within the
/// block it is given, and recovers over 100 ms.
/// </summary>
/// <remarks>
/// One thread; in place; no allocation after construction. While nothing exceeds full scale, and it has recovered, no bit is changed.
/// </remarks>
public sealed class Limiter
{
    private const float Highest = 32767f / 32768f;
    private const double AttackMs = 2;
    private const double ReleaseMs = 100;

    // -60 dB from where it began, and nobody hears the rest: exactly 1 again.
    private const float NearlyOne = 0.999f;
    private readonly float _attack, _release;
    private readonly float[] _gains;
    private float _gain = 1;
    private long _limited;

    /// <summary>For mono at <paramref name="rate"/> samples a second, in blocks of at most <paramref name="maxBlock"/> samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate or block is not positive.</exception>
    public Limiter(int rate, int maxBlock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBlock);
        _attack = (float)(1000 / (AttackMs * rate));
        _release = (float)(1 - Math.Exp(-1000 / (ReleaseMs * rate)));
        _gains = new float[maxBlock];
    }

    /// <summary>Samples so far that would have been cut off.</summary>
    public long LimitedSamples => Volatile.Read(ref _limited);

    /// <summary>True while it has nothing to recover from.</summary>
    public bool IsAtRest => _gain == 1;

    /// <summary>Limits a block in place to [-1, 32767/32768]. What is no number becomes silence.</summary>
    /// <exception cref="ArgumentException">The block is longer than was said.</exception>
    public void Process(Span<float> samples)
    {
        if (samples.Length > _gains.Length) throw new ArgumentException($"a block of {samples.Length} where {_gains.Length} were promised");
        var over = Over(samples);
        if (over == 0 && _gain == 1) return;
        Volatile.Write(ref _limited, _limited + over);
        var gains = _gains.AsSpan(0, samples.Length);
        Demand(samples, gains);
        for (var i = 0; i < samples.Length; i++)
        {
            _gain = Math.Min(gains[i], _gain + (1 - _gain) * _release);
            if (_gain > NearlyOne && gains[i] == 1) _gain = 1;
            samples[i] = Math.Clamp(samples[i] * _gain, -1f, Highest);
        }
    }

    /// <summary>Full gain at once: for use while nothing sounds.</summary>
    public void Reset() => _gain = 1;

    private static int Over(Span<float> samples)
    {
        var over = 0;
        foreach (ref var sample in samples)
        {
            if (!float.IsFinite(sample)) sample = 0;
            else if (sample is > Highest or < -1f) over++;
        }

        return over;
    }

    // The most gain each sample may have, so that the way down to a peak takes 2 ms where the block leaves so much.
    private void Demand(ReadOnlySpan<float> samples, Span<float> gains)
    {
        var next = 1f;
        for (var i = samples.Length - 1; i >= 0; i--)
        {
            var sample = samples[i];
            var most = sample > Highest ? Highest / sample : sample < -1 ? -1 / sample : 1;
            gains[i] = next = Math.Min(most, next + _attack);
        }
    }
}
