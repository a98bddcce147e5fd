using EdgeVoice.Core.Audio;

namespace EdgeVoice.Simulator.Server;

/// <summary>Turns script answers into output items at the response's format.</summary>
internal static class AnswerPlanner
{
    /// <summary>What the user said last, as far as a program without intelligence can know it.</summary>
    internal sealed record Heard(string? Text, short[]? Audio, int Rate);

    /// <summary>The outputs; sound at <paramref name="rate"/> Hz unless <paramref name="text"/> is wanted.</summary>
    internal static List<PlannedOutput> Plan(IReadOnlyList<ScriptAnswer> answers, Heard heard, int rate, bool text) =>
        [.. answers.Select(answer => Plan(answer, heard, rate, text))];

    /// <summary>The first spoken output as two: half of its sound each, the words with the first.</summary>
    internal static List<PlannedOutput> InTwo(List<PlannedOutput> outputs)
    {
        var index = outputs.FindIndex(output => output is SpokenOutput { Pcm.Length: > 1 });
        if (index < 0)
            return outputs;
        var (samples, words) = (SpokenOutput)outputs[index];
        var half = samples.Length / 2;
        return [.. outputs[..index], new SpokenOutput(samples[..half], words), new SpokenOutput(samples[half..], "And more."), .. outputs[(index + 1)..]];
    }

    private static PlannedOutput Plan(ScriptAnswer answer, Heard heard, int rate, bool text) => answer switch
    {
        ToolCallAnswer call => new CallOutput(call.Name, call.Arguments),
        FailAnswer fail => new FailedOutput(fail.Code, fail.Message),
        _ when text => new WrittenOutput(Words(answer, heard)),
        _ => new SpokenOutput(Sound(answer, heard, rate), Words(answer, heard)),
    };

    private static short[] Sound(ScriptAnswer answer, Heard heard, int rate) => answer switch
    {
        WavAnswer wav => WavFile.Read(wav.Path).ToMono16(rate),
        PcmAnswer pcm => Convert(pcm.Samples.Span, pcm.Rate, rate),
        ToneAnswer tone => Babble.Tone(tone.Hz, tone.Ms, rate),
        SilenceAnswer silence => new short[(int)((long)silence.Ms * rate / 1000)],
        RepeatAnswer when heard.Audio is { Length: > 0 } audio => Convert(audio, heard.Rate, rate),
        _ => Babble.Speak(Words(answer, heard), rate),
    };

    private static string Words(ScriptAnswer answer, Heard heard) => answer switch
    {
        TextAnswer text => text.Text,
        WavAnswer wav => wav.Transcript ?? $"({Path.GetFileName(wav.Path)})",
        PcmAnswer pcm => pcm.Transcript,
        ToneAnswer tone => tone.Transcript ?? FormattableString.Invariant($"(a tone of {tone.Hz} Hz, {tone.Ms} ms)"),
        SilenceAnswer silence => $"(silence, {silence.Ms} ms)",
        RepeatAnswer when heard.Text is { } said => $"You said: {said}",
        RepeatAnswer when heard.Audio is { Length: > 0 } audio =>
            FormattableString.Invariant($"(what was heard, {(double)audio.Length / heard.Rate:0.0} seconds, said again)"),
        _ => "I heard nothing to repeat.",
    };

    private static short[] Convert(ReadOnlySpan<short> samples, int from, int to)
    {
        if (from == to)
            return samples.ToArray();
        return AudioResample.Mono16(samples, from, to);
    }
}
