using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeVoice.Terminal;

/// <summary>A named level (0 to 1; what is no number counts as 0) as a bar of at most so many columns.</summary>
internal sealed class LevelBar(string name, float level, int width) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var room = Math.Clamp(maxWidth - name.Length, 0, width);
        var lit = level >= 0 ? (int)MathF.Round(Math.Min(level, 1) * room) : 0;
        yield return new Segment(name, new Style(Color.Grey));
        yield return new Segment(new string(options.Unicode ? '█' : '#', lit), new Style(Color.Green));
        yield return new Segment(new string(options.Unicode ? '░' : '-', room - lit), new Style(Color.Grey));
    }
}
