using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>Colours as on a screen (gamma 2.2), and the way from there to a pixel's linear light.</summary>
public static class LookColors
{
    /// <summary>Trouble and mute, and nothing else.</summary>
    public static readonly Rgb Red = new(0xFF, 0, 0);

    /// <summary>Listening while not connected: what is said is kept.</summary>
    public static readonly Rgb Amber = new(0xFF, 0x9E, 0);

    /// <summary>Booting.</summary>
    public static readonly Rgb WarmWhite = new(0xFF, 0xE3, 0xB5);

    // 2.2: the eye's response, as the boards that this follows use it.
    private const double Gamma = 2.2;
    private const int Steps = 1024;
    private static readonly byte[] Linear = MakeLinear();

    /// <summary>The colour in which a scene's look is drawn.</summary>
    public static Rgb Of(Look look, in LedScene scene, LedStyle style) => look switch
    {
        Look.Reset or Look.Error or Look.NoConnection => Red,
        Look.Booting => WarmWhite,
        Look.Woken or Look.Listening when scene.Link != LinkLook.Connected => Amber,
        _ => style.Color,
    };

    /// <summary>A colour at a brightness (0 to 1, as the eye sees it) as linear light.</summary>
    public static Rgb ToLight(Rgb color, float brightness) => new(
        ToLight(color.R, brightness), ToLight(color.G, brightness), ToLight(color.B, brightness));

    private static byte ToLight(byte channel, float brightness) =>
        Linear[(int)(LookShapes.Unit(brightness) * channel * (Steps / 255f) + 0.5f)];

    private static byte[] MakeLinear()
    {
        var table = new byte[Steps + 1];
        for (var i = 0; i <= Steps; i++) table[i] = (byte)Math.Round(255 * Math.Pow(i / (double)Steps, Gamma));
        return table;
    }
}
