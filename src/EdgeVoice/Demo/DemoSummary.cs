using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Demo;

/// <summary>Judges the report, prints it for people and writes it for scripts.</summary>
internal sealed class DemoSummary(DemoOptions options, TextWriter output)
{
    // A period of the loudspeaker: a cut answer ends no further than this from the reported place.
    private const double PeriodMs = 10;

    public async Task<int> TellAsync(DemoReport report)
    {
        var failed = 0;
        for (var i = 0; i < report.Turns.Count; i++)
        {
            var turn = report.Turns[i];
            var problem = Problem(turn);
            if (problem is not null) failed++;
            await SayAsync(Line(i + 1, turn, problem)).ConfigureAwait(false);
        }

        foreach (var cut in report.Interruptions)
        {
            await SayAsync(
                $"interruption: heard {cut.PlayedMs:0.0} ms, server told {cut.AudioEndMs?.ToString() ?? "to delete it"}, " +
                $"silent {cut.StopMs:0.0} ms after the order").ConfigureAwait(false);
            if (cut.AudioEndMs is { } end && Math.Abs(end - cut.PlayedMs) > PeriodMs) failed++;
        }

        await SayAsync(
            $"reconnects {report.Reconnects}, xruns {report.Xruns}, dropped frames {report.DroppedFrames}, " +
            $"audio threads allocated {report.AudioThreadAllocatedBytes} bytes, " +
            $"CPU {report.CpuMsPerSecond:0} ms/s, memory {report.WorkingSetMb:0} MB").ConfigureAwait(false);
        if (options.Report is { } file) await WriteAsync(report.ToJson() + "\n", file).ConfigureAwait(false);
        return failed == 0 && report.Turns.Count == options.Turns ? 0 : 1;
    }

    // Without a standard output nobody wants to read it: the report and the code still say how it went.
    private async Task SayAsync(string line)
    {
        try
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    private static string Line(int number, DemoTurnReport turn, string? problem)
    {
        var press = turn.PressToFirstAppendMs is { } ms ? $"press to first append {ms:0.0} ms, " : "";
        return $"turn {number}: heard {turn.HeardMs:0} of {turn.ReplyMs:0} ms{(turn.Cut ? " (interrupted)" : "")}, {press}" +
            $"end of speech to first sample {turn.EndOfSpeechToFirstSampleMs:0} ms, " +
            $"delta to loudspeaker {turn.DeltaToSpeakerMs:0.0} ms{(problem is null ? "" : $": {problem}")}";
    }

    private static string? Problem(DemoTurnReport turn)
    {
        if (turn.HeardMs <= 0) return "NOT HEARD";
        if (turn.Lost) return "THE CONNECTION WAS LOST IN THE ANSWER";
        if (turn.Cut) return null;
        if (turn.HeardMs < turn.ReplyMs) return "NOT HEARD TO ITS END";
        return turn.Sha256Sent is not null && turn.Sha256Sent != turn.Sha256Heard ? "HEARD DIFFERS FROM SENT" : null;
    }

    public static async Task WriteAsync(string text, string file)
    {
        try
        {
            await File.WriteAllTextAsync(file, text).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DemoFailure($"{file}: cannot be written: {OneLine.Of(e.Message)}; name another file with --report", 2);
        }
    }
}
