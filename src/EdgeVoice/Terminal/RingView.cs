using EdgeVoice.Core.Devices;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeVoice.Terminal;

/// <summary>Draws pixels as coloured dots: in a circle, the first at the top, clockwise; in rows where no circle fits.</summary>
internal sealed class RingView(Rgb[] pixels, bool asRow) : Renderable
{
    private const int SmallestRadius = 2;
    private const int LargestRadius = 4;
    private static readonly Style Dark = new(new Color(70, 70, 70));

    /// <summary>Columns of the circle for so many pixels; 0 when they do not fit one.</summary>
    internal static int CircleWidth(int count) => Circle(count) is { } cells ? cells.Max(cell => cell.Column) + 1 : 0;

    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        var width = asRow || CircleWidth(pixels.Length) is 0 or > 80 ? 2 * pixels.Length - 1 : CircleWidth(pixels.Length);
        return new Measurement(Math.Min(width, maxWidth), Math.Min(width, maxWidth));
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var cells = asRow ? null : Circle(pixels.Length);
        if (cells is null || cells.Max(cell => cell.Column) >= maxWidth) cells = Rows(pixels.Length, maxWidth);
        var (row, column) = (0, 0);
        foreach (var (cell, pixel) in cells.Zip(pixels).OrderBy(c => c.First.Row).ThenBy(c => c.First.Column))
        {
            for (; row < cell.Row; row++, column = 0) yield return Segment.LineBreak;
            yield return new Segment(new string(' ', cell.Column - column));
            yield return Dot(pixel, options.Unicode);
            column = cell.Column + 1;
        }
    }

    private static Segment Dot(Rgb pixel, bool unicode)
    {
        if (pixel == default) return new Segment(unicode ? "·" : ".", Dark);
        return new Segment(unicode ? "●" : "o", new Style(new Color(OnScreen(pixel.R), OnScreen(pixel.G), OnScreen(pixel.B))));
    }

    /// <summary>A screen's number for linear light (gamma 2.2).</summary>
    private static byte OnScreen(byte light) => (byte)Math.Round(255 * Math.Pow(light / 255.0, 1 / 2.2));

    private static (int Row, int Column)[] Rows(int count, int maxWidth)
    {
        var perRow = Math.Max(1, (maxWidth + 1) / 2);
        return [.. Enumerable.Range(0, count).Select(i => (i / perRow, i % perRow * 2))];
    }

    /// <summary>The smallest circle on which no two dots share or touch a cell; a cell is twice as high as wide. Null when there is none.</summary>
    private static (int Row, int Column)[]? Circle(int count)
    {
        for (var radius = SmallestRadius; radius <= LargestRadius && count > 2; radius++)
        {
            var cells = new (int Row, int Column)[count];
            for (var i = 0; i < count; i++)
            {
                var (sin, cos) = Math.SinCos(i * Math.Tau / count);
                cells[i] = ((int)Math.Round(radius - radius * cos), (int)Math.Round(2 * radius + 2 * radius * sin));
            }

            if (cells.Distinct().Count() == count && !cells.Any(c => cells.Contains((c.Row, c.Column + 1)))) return cells;
        }

        return null;
    }
}
