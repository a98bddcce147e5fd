namespace EdgeVoice.Core.Audio;

/// <summary>Levels in decibels of full scale (a full-scale square wave is 0, a sine -3); silence is <see cref="Floor"/>.</summary>
/// <remarks>Stateless, allocation-free, any thread.</remarks>
public static class LevelMeter
{
    /// <summary>The level of digital silence and of no samples at all, in dBFS.</summary>
    public const float Floor = -100;

    /// <summary>A level in dBFS for lights and displays: 0 at -60 dBFS to 1 at -12.</summary>
    public static float Loudness(float db) => Math.Clamp((db + 60) / 48, 0, 1);

    /// <summary>Root mean square of 16-bit samples in dBFS.</summary>
    public static float Rms(ReadOnlySpan<short> samples)
    {
        long sum = 0;
        foreach (var sample in samples) sum += sample * sample;
        return samples.IsEmpty ? Floor : PowerToDb(sum / (32768.0 * 32768.0 * samples.Length));
    }

    /// <summary>Root mean square of float samples in dBFS.</summary>
    public static float Rms(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples) sum += (double)sample * sample;
        return samples.IsEmpty ? Floor : PowerToDb(sum / samples.Length);
    }

    /// <summary>Largest magnitude of 16-bit samples in dBFS.</summary>
    public static float Peak(ReadOnlySpan<short> samples)
    {
        var peak = 0;
        foreach (var sample in samples) peak = Math.Max(peak, Math.Abs((int)sample));
        return PowerToDb(peak * (double)peak / (32768.0 * 32768.0));
    }

    /// <summary>Largest magnitude of float samples in dBFS.</summary>
    public static float Peak(ReadOnlySpan<float> samples)
    {
        var peak = 0f;
        foreach (var sample in samples) peak = Math.Max(peak, Math.Abs(sample));
        return PowerToDb((double)peak * peak);
    }

    internal static float PowerToDb(double power) => power <= 0 ? Floor : MathF.Max(Floor, (float)(10 * Math.Log10(power)));
}
