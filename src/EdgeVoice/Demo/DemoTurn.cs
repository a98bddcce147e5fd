using EdgeVoice.Core.Audio;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Demo;

/// <summary>One turn of the play.</summary>
/// <param name="Speech">What the person says, mono at 24 kHz.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Answer">What the stand-in server answers, mono at 24 kHz.</param>
/// <param name="AnswerWords">The same in words.</param>
/// <param name="IsCut">The next turn begins half-way through this answer.</param>
internal sealed record DemoTurn(short[] Speech, string Words, short[] Answer, string AnswerWords, bool IsCut)
{
    // The stand-in ends a complete turn 300 ms after speech; some margin for how it hears the edges.
    private const int LongPauseMs = 200;
    private const double SilenceDb = -45;

    /// <summary>Samples a second of all clips.</summary>
    public const int Rate = 24_000;

    /// <summary>Length of the answer in milliseconds.</summary>
    public int AnswerMs => Answer.Length * 1000 / Rate;

    /// <summary>
    /// True when the speech pauses for so long that the stand-in server would take a complete turn to end there: the script must
    /// then say that it goes on.
    /// </summary>
    public bool HasPause => LongestPauseMs(Speech) >= LongPauseMs;

    /// <summary>The script of the stand-in server for these turns.</summary>
    public static SimulatorScript Script(IReadOnlyList<DemoTurn> turns) => new()
    {
        Turns =
        [
            .. turns.Select((turn, i) => new ScriptTurn
            {
                Number = i + 1,
                Transcript = turn.Words,
                Pausing = turn.HasPause,
                Answer = [new PcmAnswer(turn.Answer, Rate, turn.AnswerWords)],
            }),
        ],
    };

    /// <summary>The play: the shipped clips in turn, or one speech file for all of it.</summary>
    public static IReadOnlyList<DemoTurn> Compose(DemoOptions options, string assets)
    {
        var words = DemoAssets.Words(assets);
        var spoken = options.Speech is { } file ? WavFile.Read(file).ToMono16(Rate) : null;
        (string Question, string Answer)[] cycle =
        [
            ("question.wav", "answer.wav"), ("question2.wav", "long-answer.wav"), ("bargein.wav", "thanks.wav"),
        ];
        return
        [
            .. Enumerable.Range(0, options.Turns).Select(i =>
            {
                var (question, answer) = cycle[i % cycle.Length];
                return new DemoTurn(
                    spoken ?? Clip(assets, question),
                    spoken is null ? words[question] : $"({Path.GetFileName(options.Speech)})",
                    Clip(assets, answer),
                    words[answer],
                    IsCut: i % cycle.Length == 1 && i + 1 < options.Turns);
            }),
        ];
    }

    private static int LongestPauseMs(ReadOnlySpan<short> speech)
    {
        const int Block = Rate / 100;
        var (longest, silent, heard) = (0, 0, false);
        for (var at = 0; at + Block <= speech.Length; at += Block)
        {
            if (LevelMeter.Rms(speech.Slice(at, Block)) < SilenceDb)
            {
                silent += heard ? 10 : 0;
                continue;
            }

            (heard, longest, silent) = (true, Math.Max(longest, silent), 0);
        }

        return longest;
    }

    private static short[] Clip(string assets, string name) => WavFile.Read(Path.Combine(assets, name)).ToMono16(Rate);
}
