using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>Which of three lamps, each on or off, stand for a pixel's light.</summary>
/// <remarks>
/// Red stays red, amber becomes yellow (red and green), warm white becomes white, the default colour becomes cyan (green and blue): red
/// alone is never anything but trouble or mute, since the configuration refuses a red of the person's own.
/// </remarks>
public static class OnOffColor
{
    /// <summary>
    /// Least light, of 255, that is on: just below a mute pixel's dimmest flash, above the depth of every other pulse, so that pulses blink.
    /// </summary>
    public const byte LeastLight = 32;

    // A lamp joins when it has three tenths of the brightest one's light: amber's green has 35 %.
    private const int Share = 10;
    private const int LeastShare = 3;

    /// <summary>The lamps for a light: bit 0 red, bit 1 green, bit 2 blue.</summary>
    public static int Of(Rgb light)
    {
        var most = Math.Max(light.R, Math.Max(light.G, light.B));
        if (most < LeastLight) return 0;
        return (Joins(light.R, most) ? 1 : 0) | (Joins(light.G, most) ? 2 : 0) | (Joins(light.B, most) ? 4 : 0);
    }

    private static bool Joins(byte light, byte most) => light * Share >= most * LeastShare;
}
