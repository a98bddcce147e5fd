using System.Text;
using System.Text.RegularExpressions;
using EdgeVoice.Core.Devices;
using EdgeVoice.Terminal;
using EdgeVoice.Tests.Support;
using Spectre.Console;

namespace EdgeVoice.Tests.Terminal;

public sealed partial class DeviceDisplayTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly SizedOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Picture_OfADevice_ShowsAllOfIt()
    {
        var display = Display();
        display.SetStates("Ready", "Open", "Speaking", true);
        display.SetLevels(0.5f, float.NaN);
        display.AppendTranscript(TranscriptRole.User, "what is [bold]");
        display.AppendTranscript(TranscriptRole.User, "it?[/]");
        display.EndTranscript(TranscriptRole.User);
        display.AppendTranscript(TranscriptRole.Assistant, "It \u001b[2Jis");
        display.Note("press [1]");
        display.Ring.Show([new Rgb(255, 0, 0), .. new Rgb[11]]);
        await display.DisposeAsync();
        var last = LastPicture();
        Assert.Contains("link Ready  conversation Open", last);
        Assert.Contains("turn Speaking  microphone muted", last);
        Assert.Contains("in  ██████████░░░░░░░░░░", last);
        Assert.Contains("out ░░░░░░░░░░░░░░░░░░░░", last);
        Assert.Contains("you: what is [bold]it?[/]", last);
        Assert.Contains("device: It is ...", last);
        Assert.Contains("· press [1]", last);
        Assert.Single(last, '●');
    }

    [Theory]
    [InlineData(40, 24, 12)]
    [InlineData(40, 24, 64)]
    [InlineData(120, 40, 64)]
    [InlineData(80, 24, 1)]
    [InlineData(20, 5, 12)]
    [InlineData(3, 2, 12)]
    public async Task Picture_InAnyWindow_Fits(int width, int height, int pixels)
    {
        (_output.Width, _output.Height) = (width, height);
        var display = Display(pixels);
        for (var i = 0; i < 100; i++)
        {
            display.AppendTranscript(TranscriptRole.User, "many words 世界 and more of them ");
            if (i % 10 == 9) display.EndTranscript(TranscriptRole.User);
            display.Note("a note that is longer than forty columns are wide, " + i);
        }

        await display.DisposeAsync();
        var lines = LastPicture().TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 1, height);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Sum(c => c > 0x2E80 ? 2 : 1), 0, width));
    }

    [Fact]
    public async Task Dispose_RestoresTheCursorAndWritesNothingMore()
    {
        var display = Display();
        await display.DisposeAsync();
        var written = _output.Text;
        Assert.True(written.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > written.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
        display.Note("late");
        display.AppendTranscript(TranscriptRole.User, "late");
        display.SetStates("a", "b", "c", false);
        display.Ring.Show(new Rgb[12]);
        _time.AdvanceMs(1000);
        await Task.Yield();
        await display.DisposeAsync();
        Assert.Equal(written, _output.Text);
    }

    [Fact]
    public async Task Picture_UnderAFlood_IsDrawnTwentyTimesASecondAtMost()
    {
        var display = Display();
        for (var ms = 0; ms < 1000; ms += 5)
        {
            display.SetLevels(ms / 1000f, 0);
            _time.AdvanceMs(5);
            await Task.Yield();
        }

        await display.DisposeAsync();
        Assert.InRange(Regex.Count(_output.Text, "conversation"), 2, 24);
    }

    [Fact]
    public async Task Picture_WindowResized_IsDrawnAnewFromTheTop()
    {
        _output.Width = 100;
        var display = Display();
        await UntilAsync(() => _output.Text.Contains("conversation"));
        _output.Width = 40;
        await UntilAsync(() =>
        {
            _time.AdvanceMs(50);
            return _output.Text.Contains("\u001b[2J\u001b[H");
        });
        await display.DisposeAsync();
        var after = Plain(_output.Text[_output.Text.LastIndexOf("\u001b[2J", StringComparison.Ordinal)..]);
        Assert.All(after.Split('\n', '\r'), line => Assert.InRange(line.Length, 0, 40));
    }

    [Fact]
    public async Task Terminal_ThatGoesAway_EndsTheDrawingAlone()
    {
        _output.Fails = true;
        var display = Display();
        display.Note("unseen");
        await display.DisposeAsync();
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var i = 0; !done(); i++)
        {
            Assert.True(i < 5000, "waited in vain");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private static string Plain(string text) => Escapes().Replace(text, "");

    [GeneratedRegex("\u001b\\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Escapes();

    /// <summary>All after the last return to the picture's first line.</summary>
    private string LastPicture() => Plain(_output.Text[(_output.Text.LastIndexOf("\r\u001b[", StringComparison.Ordinal) + 1)..]);

    private DeviceDisplay Display(int pixels = 12)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = _output,
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
        });
        console.Profile.Capabilities.Unicode = true;
        return new DeviceDisplay(console, _time, pixels);
    }

    /// <summary>A terminal of a given size that keeps what it was told.</summary>
    private sealed class SizedOutput : IAnsiConsoleOutput, IDisposable
    {
        private readonly KeepingWriter _writer = new();

        public string Text => _writer.Text;

        public bool Fails
        {
            set => _writer.Fails = value;
        }

        public TextWriter Writer => _writer;

        public bool IsTerminal => true;

        public int Width { get; set; } = 80;

        public int Height { get; set; } = 24;

        public void Dispose() => _writer.Dispose();

        public void SetEncoding(Encoding encoding)
        {
        }
    }

    private sealed class KeepingWriter : TextWriter
    {
        private readonly StringBuilder _text = new();

        public bool Fails { get; set; }

        public string Text
        {
            get
            {
                lock (_text) return _text.ToString();
            }
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (Fails) throw new IOException("the terminal is gone");
            lock (_text) _text.Append(value);
        }
    }
}
