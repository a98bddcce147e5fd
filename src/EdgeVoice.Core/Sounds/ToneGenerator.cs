using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Sounds;

/// <summary>
/// Makes the device's short sounds from a table of notes: at most 300 ms, peak at -20 dBFS or below, raised-cosine edges, no silence
/// at the end. The same rate gives the same samples.
/// </summary>
/// <remarks>Pure: any thread.</remarks>
public static class ToneGenerator
{
    /// <summary>Longest sound in milliseconds.</summary>
    public const int LongestMs = 300;

    /// <summary>Highest peak, full scale 1: -20 dBFS.</summary>
    public const float Peak = 0.1f;

    private const int EdgeMs = 8;
    private const int HarmonicStep = 2;
    private const int HighestHarmonic = 5;

    // Half as loud: it tells that nothing happened.
    private const float SoftGain = 0.5f;

    // Rising: it begins. Falling: it ends. Two notes for a turn, three for the microphone, four for the whole device.
    private static readonly Dictionary<SoundName, ToneNote[]> Notes = new()
    {
        [SoundName.Woken] = [new(587, 90), new(880, 110)],
        [SoundName.DoneListening] = [new(880, 90), new(587, 110)],
        [SoundName.NothingHeard] = [new(392, 100), new(0, 50), new(392, 110)],
        [SoundName.MuteOn] = [new(784, 70), new(587, 70), new(392, 100)],
        [SoundName.MuteOff] = [new(392, 70), new(587, 70), new(784, 100)],
        [SoundName.Error] = [new(233, 120, IsHarsh: true), new(0, 40), new(233, 130, IsHarsh: true)],
        [SoundName.Timer] = [new(1319, 60), new(0, 40), new(1319, 60), new(0, 40), new(1319, 60)],
        [SoundName.StartUp] = [new(523, 60), new(659, 60), new(784, 60), new(1047, 110)],
    };

    /// <summary>Makes a sound as mono samples of full scale 1. <paramref name="rate"/>: 8,000 to 192,000 samples a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range, or there is no such sound.</exception>
    public static float[] Make(SoundName sound, int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 8_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 192_000);
        if (!Notes.TryGetValue(sound, out var notes)) throw new ArgumentOutOfRangeException(nameof(sound), sound, "no such sound");
        var samples = new float[notes.Sum(note => rate * note.Ms / 1000)];
        var at = 0;
        foreach (var note in notes)
        {
            var span = samples.AsSpan(at, rate * note.Ms / 1000);
            if (note.Hertz > 0) Write(note, rate, sound == SoundName.NothingHeard ? SoftGain : 1, span);
            at += span.Length;
        }

        return samples;
    }

    private static void Write(ToneNote note, int rate, float gain, Span<float> samples)
    {
        var edge = rate * EdgeMs / 1000;
        var highest = note.IsHarsh ? HighestHarmonic : 1;
        for (var i = 0; i < samples.Length; i++)
        {
            var phase = 2 * Math.PI * note.Hertz * i / rate;
            var value = 0.0;
            for (var harmonic = 1; harmonic <= highest; harmonic += HarmonicStep) value += Math.Sin(harmonic * phase) / harmonic;
            // Half samples from either end, so that the first and the last are not silent.
            var fromEnd = Math.Min(i, samples.Length - 1 - i) + 0.5;
            var fade = fromEnd >= edge ? 1 : 0.5 - 0.5 * Math.Cos(Math.PI * fromEnd / edge);
            samples[i] = (float)(Peak * gain * fade * value);
        }
    }
}
