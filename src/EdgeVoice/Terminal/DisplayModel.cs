using EdgeVoice.Core.Devices;

namespace EdgeVoice.Terminal;

/// <summary>One line of what was said.</summary>
internal readonly record struct TranscriptLine(TranscriptRole Role, string Text, bool IsOpen);

/// <summary>The states line.</summary>
internal readonly record struct DisplayStates(string Link, string Conversation, string Turn, bool Muted);

/// <summary>All that is shown, copied at one moment.</summary>
internal sealed record DisplaySnapshot(
    Rgb[] Pixels, DisplayStates States, float Input, float Output, TranscriptLine[] Transcript, string[] Notes);

/// <summary>What the live display shows, kept small: the oldest lines go first.</summary>
/// <remarks>Any thread; one lock, never held while anything is written.</remarks>
internal sealed class DisplayModel(TerminalPixelRing ring)
{
    internal const int MaxLines = 60;
    internal const int MaxLineLength = 4000;
    internal const int MaxNotes = 4;

    private readonly Lock _gate = new();
    private readonly List<TranscriptLine> _lines = [];
    private readonly List<string> _notes = [];
    private DisplayStates _states = new("-", "-", "-", false);
    private float _input;
    private float _output;
    private int _version = 1;

    /// <summary>Changes whenever something else is to be shown.</summary>
    public int Version => Volatile.Read(ref _version) + ring.Version;

    public void SetStates(in DisplayStates states)
    {
        lock (_gate)
        {
            if (states == _states) return;
            _states = states;
            _version++;
        }
    }

    public void SetLevels(float input, float output)
    {
        lock (_gate)
        {
            (_input, _output) = (input, output);
            _version++;
        }
    }

    public void Append(TranscriptRole role, string text)
    {
        lock (_gate)
        {
            var at = OpenLine(role);
            if (at < 0)
            {
                if (_lines.Count == MaxLines) _lines.RemoveAt(0);
                at = _lines.Count;
                _lines.Add(new TranscriptLine(role, "", true));
            }

            var whole = _lines[at].Text + text;
            if (whole.Length > MaxLineLength) whole = whole[^MaxLineLength..];
            _lines[at] = _lines[at] with { Text = whole };
            _version++;
        }
    }

    public void End(TranscriptRole role)
    {
        lock (_gate)
        {
            var at = OpenLine(role);
            if (at < 0) return;
            _lines[at] = _lines[at] with { IsOpen = false };
            _version++;
        }
    }

    public void Note(string text)
    {
        lock (_gate)
        {
            if (_notes.Count == MaxNotes) _notes.RemoveAt(0);
            _notes.Add(text);
            _version++;
        }
    }

    public DisplaySnapshot Take()
    {
        lock (_gate) return new DisplaySnapshot(ring.Copy(), _states, _input, _output, [.. _lines], [.. _notes]);
    }

    private int OpenLine(TranscriptRole role) => _lines.FindLastIndex(line => line.IsOpen && line.Role == role);
}
