using EdgeVoice.Core.Led;

namespace EdgeVoice.Lights;

/// <summary>The pictures of all looks.</summary>
internal static class LookPictures
{
    // A screen is no lamp: full brightness there. The glow is off unless it is set; its picture would be an empty one.
    private static readonly LedStyle Style = LedStyle.Default with { Brightness = 1, IdleGlow = true };

    /// <summary>File names and contents, on a ring of so many pixels.</summary>
    public static IEnumerable<(string Name, string Svg)> All(int pixels) =>
        LookTour.All.Select(sample => ($"{sample.Name}.svg", LookPicture.Draw(sample, Style, pixels)));
}
