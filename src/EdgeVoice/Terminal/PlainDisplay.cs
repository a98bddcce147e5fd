using System.Globalization;
using System.Text;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Terminal;

/// <summary>
/// The same for a pipe, a file or a log: one plain line for each change of state, each finished transcript and each note, led by
/// the seconds since the start. Levels and lights are not shown.
/// </summary>
/// <remarks>Any thread; lines are written whole, on the calling thread. When the writer fails, nothing more is written.</remarks>
public sealed class PlainDisplay : IDeviceDisplay
{
    private const int MaxLineLength = DisplayModel.MaxLineLength;

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly long _startNs;
    private readonly TerminalPixelRing _ring;
    private readonly StringBuilder[] _open = [new(), new()];
    private DisplayStates _states;
    private bool _isClosed;

    /// <summary>Writes to <paramref name="output"/>, which stays its owner's.</summary>
    public PlainDisplay(TextWriter output, TimeProvider time, int pixels = 12)
    {
        _output = output;
        _time = time;
        _startNs = time.NowNs();
        _ring = new TerminalPixelRing(pixels);
    }

    /// <inheritdoc/>
    public IPixelRing Ring => _ring;

    /// <inheritdoc/>
    public void SetStates(string link, string conversation, string turn, bool muted)
    {
        lock (_gate)
        {
            var before = _states;
            _states = new DisplayStates(link, conversation, turn, muted);
            var changes = new List<string>(4);
            if (link != before.Link) changes.Add("link " + link);
            if (conversation != before.Conversation) changes.Add("conversation " + conversation);
            if (turn != before.Turn) changes.Add("turn " + turn);
            if (muted != before.Muted) changes.Add(muted ? "muted" : "not muted");
            if (changes.Count > 0) Write(string.Join(", ", changes));
        }
    }

    /// <inheritdoc/>
    public void SetLevels(float input, float output)
    {
    }

    /// <inheritdoc/>
    public void AppendTranscript(TranscriptRole role, string text)
    {
        lock (_gate)
        {
            var line = _open[(int)role];
            line.Append(text.AsSpan(0, Math.Min(text.Length, MaxLineLength - line.Length)));
        }
    }

    /// <inheritdoc/>
    public void EndTranscript(TranscriptRole role)
    {
        lock (_gate)
        {
            var line = _open[(int)role];
            if (line.Length == 0) return;
            Write((role == TranscriptRole.User ? "you: " : "device: ") + line);
            line.Clear();
        }
    }

    /// <inheritdoc/>
    public void Note(string text)
    {
        lock (_gate) Write(text);
    }

    /// <summary>Writes what was being said; nothing after that.</summary>
    public ValueTask DisposeAsync()
    {
        EndTranscript(TranscriptRole.User);
        EndTranscript(TranscriptRole.Assistant);
        lock (_gate) _isClosed = true;
        _ring.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(string text)
    {
        if (_isClosed) return;
        try
        {
            var seconds = (_time.NowNs() - _startNs) / 1e9;
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,8:F3} {TerminalText.Clean(text)}"));
            _output.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _isClosed = true; // Nobody reads any more (a closed pipe, no standard output at all): the device goes on.
        }
    }
}
