namespace EdgeVoice.Rig.Signals;

/// <summary>Test signals, mono.</summary>
internal static class Tone
{
    /// <summary>A sine, -6 dBFS, with edges of 5 ms.</summary>
    public static short[] Sine(double hz, int ms, int rate) => Make(ms, rate, i => Math.Sin(2 * Math.PI * hz * i / rate));

    /// <summary>Rises through all frequencies: no two moments of it are alike, so that any delay or hole in it shows.</summary>
    public static short[] Chirp(double fromHz, double toHz, int ms, int rate)
    {
        var seconds = ms / 1000.0;
        return Make(ms, rate, i =>
        {
            var t = (double)i / rate;
            return Math.Sin(2 * Math.PI * (fromHz * t + (toHz - fromHz) * t * t / (2 * seconds)));
        });
    }

    private static short[] Make(int ms, int rate, Func<int, double> wave)
    {
        var samples = new short[(long)ms * rate / 1000];
        var edge = rate / 200;
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(16_000 * wave(i) * Math.Min(1.0, Math.Min(i, samples.Length - 1 - i) / (double)edge));
        return samples;
    }
}
