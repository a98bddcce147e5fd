namespace EdgeVoice.Linux.Alsa;

/// <summary>From percent to a control's range so that equal steps sound equal, as alsamixer does it.</summary>
internal static class MixerScale
{
    // A range that is no wider sounds even in decibels themselves.
    private const double EvenHundredths = 2_400;

    /// <summary>Hundredths of a decibel for 0 to 100 percent of a range in hundredths.</summary>
    public static long Hundredths(double percent, long least, long most)
    {
        var share = Math.Clamp(percent, 0, 100) / 100;
        if (most - least <= EvenHundredths) return (long)Math.Round(least + share * (most - least));
        var floor = Math.Pow(10, (least - most) / 6000.0);
        return Math.Clamp((long)Math.Round(6000 * Math.Log10(share * (1 - floor) + floor) + most), least, most);
    }

    /// <summary>A raw step for 0 to 100 percent of a range without decibels.</summary>
    public static long Step(double percent, long least, long most) =>
        (long)Math.Round(least + Math.Clamp(percent, 0, 100) / 100 * (most - least));
}
