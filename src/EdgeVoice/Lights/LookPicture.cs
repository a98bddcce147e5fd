using System.Globalization;
using System.Text;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Lights;

/// <summary>Draws a look as an animated picture (SVG), frame by frame as the device's own renderer makes it.</summary>
/// <remarks>Pure; any thread.</remarks>
internal static class LookPicture
{
    private const int FrameMs = 40;
    private const double Size = 120;
    private const double Radius = 44;
    private const double PixelRadius = 8.5;
    private const string Off = "#262626";
    private const int OffLight = 0x26;

    /// <summary>The picture of a look on a ring of so many pixels.</summary>
    public static string Draw(LookSample sample, LedStyle style, int count)
    {
        var frames = Frames(sample, style, count);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Size}\" height=\"{Size}\" viewBox=\"0 0 {Size} {Size}\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{sample.Words}</title>\n<circle cx=\"60\" cy=\"60\" r=\"58\" fill=\"#111\"/>\n");
        foreach (var group in Enumerable.Range(0, count).GroupBy(i => Fill(frames, i)))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g fill=\"{OnScreen(frames[0][group.First()])}\">{group.Key}");
            foreach (var i in group) svg.Append(Circle(i, count));
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static List<Rgb[]> Frames(LookSample sample, LedStyle style, int count)
    {
        const long Ms = 1_000_000;
        const long Began = 1_000 * Ms; // Any time; always the same one, so that the picture is.
        var frames = new List<Rgb[]>();
        var animation = new LedAnimation(0, false, Look.Idle, Began, Began);
        for (var ms = 0; ms < sample.LoopMs; ms += FrameMs)
        {
            var now = Began + ms * Ms;
            var scene = sample.Scene(Began, now) with { Style = style };
            // As often as the device does, so that the comets are where they are there.
            for (var at = now - FrameMs * Ms + LedTiming.FrameNs; at <= now; at += LedTiming.FrameNs) animation = animation.Advance(scene, Math.Max(at, Began));
            var pixels = new Rgb[count];
            LedRenderer.Render(scene, animation, now, pixels);
            frames.Add(pixels);
        }

        return frames;
    }

    /// <summary>The change of one pixel's colour, or nothing where it stays.</summary>
    private static string Fill(List<Rgb[]> frames, int pixel)
    {
        var values = new List<string> { OnScreen(frames[0][pixel]) };
        var times = new List<string> { "0" };
        for (var i = 1; i < frames.Count; i++)
        {
            var value = OnScreen(frames[i][pixel]);
            if (value == values[^1]) continue;
            values.Add(value);
            times.Add((i / (double)frames.Count).ToString("0.####", CultureInfo.InvariantCulture).TrimStart('0'));
        }

        // What stays the same is told apart by its colour all the same.
        return values.Count == 1
            ? $"<!-- {values[0]} -->"
            : $"<animate attributeName=\"fill\" dur=\"{frames.Count * FrameMs}ms\" repeatCount=\"indefinite\" calcMode=\"discrete\" values=\"{string.Join(';', values)}\" keyTimes=\"{string.Join(';', times)}\"/>";
    }

    private static string Circle(int i, int count)
    {
        var (sin, cos) = Math.SinCos(i * Math.Tau / count);
        return string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{Size / 2 + Radius * sin:0.#}\" cy=\"{Size / 2 - Radius * cos:0.#}\" r=\"{PixelRadius}\"/>");
    }

    // A pixel that is off is not black but grey; light dimmer than that is not seen on a screen.
    private static string OnScreen(Rgb pixel)
    {
        var (r, g, b) = (OnScreen(pixel.R), OnScreen(pixel.G), OnScreen(pixel.B));
        return Math.Max(r, Math.Max(g, b)) <= OffLight ? Off : $"#{r:x2}{g:x2}{b:x2}";
    }

    private static int OnScreen(byte light) => (int)Math.Round(255 * Math.Pow(light / 255.0, 1 / 2.2));
}
