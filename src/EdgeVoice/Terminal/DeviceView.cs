using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeVoice.Terminal;

/// <summary>Lays out the model for the terminal as it is now; never higher than the window, whatever its size.</summary>
internal sealed class DeviceView(DisplayModel model) : Renderable
{
    private const int RoomForBoth = 50; // Columns from which the ring stands beside the states.
    private const int BarWidth = 20;
    private static readonly Style Label = new(Color.Grey);
    private static readonly Style Value = new(decoration: Decoration.Bold);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var shown = model.Take();
        // The last line of a window is left free: writing into it may scroll.
        var height = Math.Max(1, options.ConsoleSize.Height - 1);
        var lines = Lines(Head(shown, maxWidth), options, maxWidth);
        var notes = Lines(new Rows(shown.Notes.Select(note => new Text("· " + note, Label))), options, maxWidth);
        var said = Lines(Transcript(shown), options, maxWidth);
        // Notes may have a third of what the head leaves, so that a small window shows what is said.
        notes = [.. notes.TakeLast(Math.Max(1, (height - lines.Count) / 3))];
        lines.AddRange(said.TakeLast(Math.Max(0, height - lines.Count - notes.Count)));
        lines.AddRange(notes);
        foreach (var line in lines.Take(height))
        {
            foreach (var segment in line) yield return segment;
            yield return Segment.LineBreak;
        }
    }

    private static List<SegmentLine> Lines(IRenderable part, RenderOptions options, int maxWidth) =>
        [.. Segment.SplitLines(part.Render(options, maxWidth), maxWidth)];

    private static Rows Head(DisplaySnapshot shown, int maxWidth)
    {
        var circle = RingView.CircleWidth(shown.Pixels.Length);
        var facts = new Rows(Facts(shown));
        if (maxWidth < RoomForBoth || circle == 0) return new Rows(new RingView(shown.Pixels, true), new Text(""), facts, new Text(""));
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { Width = circle, NoWrap = true, Padding = new Padding(1, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        grid.AddRow(new RingView(shown.Pixels, false), facts);
        return new Rows(grid, new Text(""));
    }

    private static IEnumerable<IRenderable> Facts(DisplaySnapshot shown)
    {
        var states = shown.States;
        yield return new Paragraph().Append("link ", Label).Append(states.Link, Value)
            .Append("  conversation ", Label).Append(states.Conversation, Value);
        yield return new Paragraph().Append("turn ", Label).Append(states.Turn, Value).Append("  microphone ", Label)
            .Append(states.Muted ? "muted" : "open", states.Muted ? new Style(Color.Red, decoration: Decoration.Bold) : Value);
        yield return new LevelBar("in  ", shown.Input, BarWidth);
        yield return new LevelBar("out ", shown.Output, BarWidth);
    }

    private static Rows Transcript(DisplaySnapshot shown) => new(shown.Transcript.Select(line => new Paragraph()
        .Append(line.Role == TranscriptRole.User ? "you: " : "device: ", new Style(line.Role == TranscriptRole.User ? Color.Yellow : Color.Aqua))
        .Append(line.Text)
        .Append(line.IsOpen ? " ..." : "", Label)));
}
