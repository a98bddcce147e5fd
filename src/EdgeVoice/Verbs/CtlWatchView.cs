using EdgeVoice.Core.Control;

namespace EdgeVoice.Verbs;

/// <summary>What happens in a device as lines for people; on a terminal the last one is written over while words and levels change.</summary>
/// <remarks>One caller at a time.</remarks>
/// <param name="output">Where the lines go.</param>
/// <param name="isLive">True on a terminal; without one there are only lines that stay, and no levels.</param>
internal sealed class CtlWatchView(TextWriter output, bool isLive)
{
    private const int LiveWidth = 78;
    private const int BarDb = 60;
    private const int BarWidth = 12;
    private string _levels = "";
    private string _words = "";
    private string? _item;

    /// <summary>The whole state, first.</summary>
    public void Begin(ControlStatus status)
    {
        if (status.DeviceId is { } id) Line("device", id);
        State(status.Link, status.Conversation, status.Turn, status.Mute, status.Volume, status.Text);
    }

    /// <summary>One event; one of a kind not known here is left out.</summary>
    public void Show(ControlEvent happened)
    {
        switch (happened.Event)
        {
            case ControlEvent.StateName:
                State(happened.Link, happened.Conversation, happened.Turn, happened.Mute, happened.Volume, happened.Text);
                break;
            case ControlEvent.ToldName:
                Line("told", happened.Text);
                break;
            case ControlEvent.TranscriptName:
                Words(happened);
                break;
            case ControlEvent.LevelsName:
                _levels = $"mic {Bar(happened.Microphone)}  speaker {Bar(happened.Loudspeaker)}";
                break;
        }

        if (isLive) Live($"{_levels}  {_words}");
        output.Flush();
    }

    /// <summary>Leaves the terminal clean.</summary>
    public void End()
    {
        if (!isLive) return;
        Live("");
        output.Flush();
    }

    private void State(string? link, string? conversation, string? turn, string? mute, int? volume, string? text)
    {
        var told = volume is null ? "" : $"  volume {volume}";
        Line("state", $"{link}  {conversation}  {turn}{(mute == "Muted" ? "  muted" : "")}{told}  {text}");
    }

    private void Words(ControlEvent grew)
    {
        if (grew.Item != _item) (_item, _words) = (grew.Item, "");
        if (grew.Final != true)
        {
            _words = Tail(_words + grew.Text);
            return;
        }

        Line(grew.Role == "user" ? "person" : "device", grew.Text);
        _words = "";
    }

    private void Line(string kind, string? text)
    {
        if (isLive) Live("");
        output.WriteLine($"{kind,-7} {CtlVerb.OneLine(text ?? "")}");
    }

    private void Live(string text) => output.Write($"\r{Cut(CtlVerb.OneLine(text))}\u001b[K");

    private static string Cut(string text) => text.Length <= LiveWidth ? text : text[..LiveWidth];

    private static string Tail(string text) => text.Length <= LiveWidth / 2 ? text : text[^(LiveWidth / 2)..];

    private static string Bar(int? db)
    {
        var filled = Math.Clamp(((db ?? -BarDb) + BarDb) * BarWidth / BarDb, 0, BarWidth);
        return new string('#', filled).PadRight(BarWidth, '.');
    }
}
