namespace EdgeVoice.Core.Audio;

/// <summary>The volume as people set it.</summary>
/// <remarks>
/// Loudness grows with about the 0.6th power of sound pressure (Stevens), so equal steps for the ear need the factor to grow with the
/// 1.7th power of the setting; the square is the nearest simple law and leaves a little more room at the quiet end:
/// 100 is 0 dB, 70 is -6, 50 is -12, 25 is -24, 10 is -40, 1 is -80, 0 is silence.
/// </remarks>
public static class VolumeCurve
{
    /// <summary>0 to 100 as a linear factor; 100 (and above) is exactly 1, so that nothing is altered; 0 (and below) is 0.</summary>
    public static float ToGain(int volume) => volume >= 100 ? 1 : volume <= 0 ? 0 : volume * volume / 10_000f;
}
