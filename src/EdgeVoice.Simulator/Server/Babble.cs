namespace EdgeVoice.Simulator.Server;

/// <summary>Sounds without recordings: tones, and a babble of one tone a syllable.</summary>
internal static class Babble
{
    private const double Amplitude = 8192;
    private const double SyllableMs = 150;
    private const double PauseMs = 60;
    private const double RampMs = 10;
    private const int MaxSyllables = 4000;

    /// <summary>A sine with soft ends.</summary>
    internal static short[] Tone(double hz, double ms, int rate)
    {
        var samples = new short[(int)(ms * rate / 1000)];
        var ramp = Math.Max(1, Math.Min((int)(RampMs * rate / 1000), samples.Length / 2));
        for (var i = 0; i < samples.Length; i++)
        {
            var edge = Math.Min(1.0, (Math.Min(i, samples.Length - 1 - i) + 0.5) / ramp);
            samples[i] = (short)(Amplitude * edge * Math.Sin(2 * Math.PI * hz * i / rate));
        }
        return samples;
    }

    /// <summary>The words as tones of 150 ms whose pitch follows the letters; 60 ms between words.</summary>
    internal static short[] Speak(string text, int rate)
    {
        var result = new List<short>();
        var left = MaxSyllables;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var count = Math.Min(Syllables(word), left);
            for (var i = 0; i < count; i++)
                result.AddRange(Tone(180 + (20 * ((word[i % word.Length] + (7 * i)) % 17)), SyllableMs, rate));
            result.AddRange(new short[(int)(PauseMs * rate / 1000)]);
            left -= count;
            if (left == 0)
                break;
        }
        return [.. result];
    }

    /// <summary>Groups of vowels, at least one; digits count one each.</summary>
    internal static int Syllables(string word)
    {
        var count = 0;
        var inVowel = false;
        foreach (var letter in word)
        {
            var vowel = "aeiouyAEIOUY".Contains(letter);
            count += (vowel && !inVowel) || char.IsDigit(letter) ? 1 : 0;
            inVowel = vowel;
        }
        return Math.Max(1, count);
    }
}
