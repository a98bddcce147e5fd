using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>A scene, the animation's place and a time make a picture: a pure function, without allocation.</summary>
/// <remarks>Any thread.</remarks>
public static class LedRenderer
{
    /// <summary>Current of one colour channel at full light, in milliamperes. Source: the WS2812B's datasheet and measurement.</summary>
    public const float ChannelMa = 20;

    // The least light of a mute pixel: dim, but seen in a dark room.
    private const byte MuteFloor = 4;

    /// <summary>Renders the frame of <paramref name="nowNs"/> (monotonic nanoseconds) into all of <paramref name="pixels"/>.</summary>
    public static void Render(in LedScene scene, in LedAnimation animation, long nowNs, Span<Rgb> pixels)
    {
        var style = scene.Style ?? LedStyle.Default;
        var look = Looks.SelectUnderFade(scene, nowNs);
        var color = LookColors.Of(look, scene, style);
        var brightness = LookShapes.Unit(Math.Min(style.Brightness, style.NightCap ?? 1));
        var shown = brightness * Fade(scene, nowNs);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = LookColors.ToLight(color, shown * LookShapes.Intensity(look, scene, animation, nowNs, i, pixels.Length));
        if (scene.Muted) PaintMute(pixels, LookColors.ToLight(LookColors.Red, brightness * MuteFlash(scene, nowNs)));
        if (style.CurrentCapMa > 0) Cap(pixels, Math.Max(style.CurrentCapMa, LedStyle.MinCurrentMa), scene.Muted);
        if (scene.Muted) KeepMuteLit(pixels);
    }

    /// <summary>True for the two opposite pixels (one where there are fewer than four) that are red while muted.</summary>
    public static bool IsMutePixel(int i, int count) =>
        count < 4 ? i == count / 2 : i == count / 4 || i == count / 4 + count / 2;

    /// <summary>Current of a frame in milliamperes.</summary>
    public static float CurrentMa(ReadOnlySpan<Rgb> pixels)
    {
        var sum = 0;
        foreach (var pixel in pixels) sum += pixel.R + pixel.G + pixel.B;
        return sum * (ChannelMa / 255);
    }

    private static float Fade(in LedScene scene, long nowNs) =>
        scene.StoppingSinceNs is { } since ? 1 - (nowNs - since) / (float)LedTiming.FadeNs : 1;

    private static float MuteFlash(in LedScene scene, long nowNs)
    {
        const float floor = 0.4f;
        var since = nowNs - scene.MutedPressNs ?? long.MaxValue;
        if (since is < 0 or >= LedTiming.MuteFlashNs) return 1;
        var phase = since % (LedTiming.MuteFlashNs / 3) / (LedTiming.MuteFlashNs / 3f);
        return floor + (1 - floor) * (0.5f + 0.5f * MathF.Cos(phase * MathF.Tau));
    }

    private static void PaintMute(Span<Rgb> pixels, Rgb red)
    {
        for (var i = 0; i < pixels.Length; i++)
            if (IsMutePixel(i, pixels.Length)) pixels[i] = red;
    }

    private static void KeepMuteLit(Span<Rgb> pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
            if (IsMutePixel(i, pixels.Length) && pixels[i].R < MuteFloor) pixels[i] = new Rgb(MuteFloor, 0, 0);
    }

    /// <summary>Scales the whole frame down to the cap, keeping what the mute pixels need at least.</summary>
    private static void Cap(Span<Rgb> pixels, int capMa, bool muted)
    {
        var limit = capMa - (muted ? 2 * MuteFloor * ChannelMa / 255 : 0);
        var drawn = CurrentMa(pixels);
        if (drawn <= limit) return;
        var scale = limit / drawn;
        foreach (ref var pixel in pixels)
            pixel = new Rgb((byte)(pixel.R * scale), (byte)(pixel.G * scale), (byte)(pixel.B * scale));
    }
}
