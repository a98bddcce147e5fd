namespace EdgeVoice.Device;

/// <summary>The volume as people set it.</summary>
internal static class Volume
{
    /// <summary>0 to 100 as linear gain: a square law follows loudness well enough, 100 is exactly 1 (nothing is altered).</summary>
    public static float ToGain(int volume) => volume >= 100 ? 1 : volume * volume / 10_000f;
}
