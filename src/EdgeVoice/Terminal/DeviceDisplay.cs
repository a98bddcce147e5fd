using EdgeVoice.Core.Devices;
using Spectre.Console;

namespace EdgeVoice.Terminal;

/// <summary>
/// The live picture of a device in a terminal: ring, states, levels, what is said as it grows, the last events. Drawn anew at most
/// 20 times a second, and only when something changed.
/// </summary>
/// <remarks>
/// One task draws; setters only change the model and never wait for the terminal. A terminal that goes away ends the drawing and
/// nothing else. After disposal nothing is written and the cursor is back.
/// </remarks>
public sealed class DeviceDisplay : IDeviceDisplay
{
    private const string ClearAndHome = "\u001b[2J\u001b[H";
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(50);

    // A terminal that takes nothing (stopped by Ctrl-S) must not hold up the program's end.
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(2);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly TerminalPixelRing _ring;
    private readonly DisplayModel _model;
    private readonly PeriodicTimer _timer;
    private readonly Task _drawing;

    /// <summary>Begins to draw on <paramref name="console"/>, which must understand ANSI sequences.</summary>
    /// <param name="console">The terminal; nobody else may write to it meanwhile.</param>
    /// <param name="time">Paces the drawing.</param>
    /// <param name="pixels">Pixels of the ring, 1 to 64.</param>
    public DeviceDisplay(IAnsiConsole console, TimeProvider time, int pixels = 12)
    {
        _console = console;
        _time = time;
        _ring = new TerminalPixelRing(pixels);
        _model = new DisplayModel(_ring);
        _timer = new PeriodicTimer(Frame, time);
        _drawing = Task.Run(DrawAsync);
    }

    /// <inheritdoc/>
    public IPixelRing Ring => _ring;

    /// <inheritdoc/>
    public void SetStates(string link, string conversation, string turn, bool muted) => _model.SetStates(
        new DisplayStates(TerminalText.Clean(link), TerminalText.Clean(conversation), TerminalText.Clean(turn), muted));

    /// <inheritdoc/>
    public void SetLevels(float input, float output) => _model.SetLevels(input, output);

    /// <inheritdoc/>
    public void AppendTranscript(TranscriptRole role, string text) => _model.Append(role, TerminalText.Clean(text));

    /// <inheritdoc/>
    public void EndTranscript(TranscriptRole role) => _model.End(role);

    /// <inheritdoc/>
    public void Note(string text) => _model.Note(TerminalText.Clean(text));

    /// <summary>Draws once more, restores the cursor and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        try
        {
            await _drawing.WaitAsync(DisposeLimit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The terminal takes nothing; the task ends when it does, or with the process.
        }

        _ring.Dispose();
    }

    private async Task DrawAsync()
    {
        try
        {
            // Spectre pads a live picture to the largest it ever was, so a window of another size gets a new one.
            while (await _console.Live(new DeviceView(_model)).Overflow(VerticalOverflow.Crop).StartAsync(LoopAsync).ConfigureAwait(false))
                _console.Write(new ControlCode(ClearAndHome));
        }
        catch (IOException)
        {
            // The terminal is gone: the device goes on without a picture.
        }
    }

    /// <summary>Draws until disposal (false) or until the window has another size (true).</summary>
    private async Task<bool> LoopAsync(LiveDisplayContext live)
    {
        var drawn = 0;
        var (width, height) = (_console.Profile.Width, _console.Profile.Height);
        do
        {
            if ((width, height) != (_console.Profile.Width, _console.Profile.Height)) return true;
            var version = _model.Version;
            if (version != drawn) live.Refresh();
            drawn = version;
        }
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false));
        live.Refresh();
        return false;
    }
}
