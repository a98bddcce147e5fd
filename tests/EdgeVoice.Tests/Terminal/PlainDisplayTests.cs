using EdgeVoice.Core.Devices;
using EdgeVoice.Terminal;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Terminal;

public sealed class PlainDisplayTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Lines_OfATurn_ArePlainAndWhole()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var display = new PlainDisplay(output, _time);
        display.SetStates("Ready", "Open", "Idle", false);
        display.SetStates("Ready", "Open", "Idle", false);
        _time.AdvanceMs(1500);
        display.SetStates("Ready", "Open", "Listening", true);
        display.SetLevels(0.5f, 0.5f);
        display.AppendTranscript(TranscriptRole.User, "what is ");
        display.AppendTranscript(TranscriptRole.Assistant, "[b]It\u001b[31m");
        display.AppendTranscript(TranscriptRole.User, "it?");
        display.EndTranscript(TranscriptRole.User);
        display.EndTranscript(TranscriptRole.User);
        display.Note("a note");
        await display.DisposeAsync();
        display.Note("late");
        display.AppendTranscript(TranscriptRole.User, "late");
        display.EndTranscript(TranscriptRole.User);
        display.Ring.Show(new Rgb[12]);
        const string expected = """
               0.000 link Ready, conversation Open, turn Idle
               1.500 turn Listening, muted
               1.500 you: what is it?
               1.500 a note
               1.500 device: [b]It

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), output.ToString());
    }

    [Fact]
    public void AppendTranscript_WithoutEnd_IsBounded()
    {
        using var output = new StringWriter();
        var display = new PlainDisplay(output, _time);
        for (var i = 0; i < 1000; i++) display.AppendTranscript(TranscriptRole.User, new string('x', 1000));
        display.EndTranscript(TranscriptRole.User);
        Assert.InRange(output.ToString().Length, 4000, 4100);
    }

    [Fact]
    public async Task Writer_ThatFails_EndsTheWritingAlone()
    {
        var output = new StringWriter();
        await output.DisposeAsync();
        await using var display = new PlainDisplay(output, _time);
        display.Note("into a closed pipe");
        display.Note("again");
    }

    // So says a standard output that was closed before the start, and whose number another file has got.
    [Fact]
    public async Task Writer_ThatMayNotBeWritten_EndsTheWritingAlone()
    {
        await using var output = new DeniedWriter();
        await using var display = new PlainDisplay(output, _time);
        display.Note("into nothing");
        display.Note("again");
        Assert.Equal(1, output.Tries);
    }

    [Theory]
    [InlineData(false, "xterm", null, true)]
    [InlineData(false, "xterm", "false", true)]
    [InlineData(true, "xterm", null, false)]
    [InlineData(false, "dumb", null, false)]
    [InlineData(false, null, null, false)]
    [InlineData(false, "xterm", "true", false)]
    public async Task Create_ByTerminal_ChoosesTheLivePictureOrPlainLines(bool redirected, string? term, string? ci, bool live)
    {
        using var output = new StringWriter();
        await using var display = DeviceDisplays.Create(output, redirected, n => n == "TERM" ? term : n == "CI" ? ci : null, _time);
        Assert.Equal(live, display is DeviceDisplay);
    }

    private sealed class DeniedWriter : StringWriter
    {
        public int Tries { get; private set; }

        public override void WriteLine(string? value)
        {
            Tries++;
            throw new UnauthorizedAccessException("Access to the path is denied.");
        }
    }
}
