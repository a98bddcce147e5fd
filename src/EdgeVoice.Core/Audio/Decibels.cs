namespace EdgeVoice.Core.Audio;

/// <summary>Decibels and factors.</summary>
public static class Decibels
{
    /// <summary>The factor of a gain in dB; 0 is exactly 1.</summary>
    public static float ToFactor(double db) => db == 0 ? 1f : (float)Math.Pow(10, db / 20);

    /// <summary>The gain in dB of a factor above 0.</summary>
    public static double FromFactor(double factor) => 20 * Math.Log10(factor);
}
