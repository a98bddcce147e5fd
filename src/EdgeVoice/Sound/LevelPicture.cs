using System.Globalization;
using EdgeVoice.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeVoice.Sound;

/// <summary>One reading, as a picture of two bars or as a line.</summary>
internal static class LevelPicture
{
    private const double QuietestDb = -72;
    private const int BarWidth = 60;

    /// <summary>For a live display.</summary>
    public static IRenderable Of(LevelReading reading) => new Rows(
        new LevelBar("rms  ", Share(reading.RmsDb), BarWidth), new LevelBar("peak ", Share(reading.PeakDb), BarWidth), new Text(Line(reading)));

    /// <summary>For a log.</summary>
    public static string Line(LevelReading reading) => string.Create(CultureInfo.InvariantCulture,
        $"{reading.Seconds,7:0.0} s  rms {reading.RmsDb,6:0.0}  peak {reading.PeakDb,6:0.0}  noise floor {reading.FloorDb,6:0.0} dBFS  clipped {reading.ClippedSamples}");

    private static float Share(double db) => (float)Math.Clamp(1 - db / QuietestDb, 0, 1);
}
