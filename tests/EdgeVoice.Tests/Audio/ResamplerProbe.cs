using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

/// <summary>
/// Measures a resampler from outside, by tones through its public surface; frequencies in units of the lower Nyquist.
/// <paramref name="tones"/>: how many stand in each band.
/// </summary>
internal sealed class ResamplerProbe(int inputRate, int outputRate, int tones)
{
    private const double Amplitude = 0.5;

    private readonly double _nyquist = Math.Min(inputRate, outputRate) / 2.0;

    /// <summary>The pairs that the figures are asked for: input and output rate.</summary>
    internal static readonly (int Input, int Output)[] Pairs =
    [
        (48_000, 24_000), (44_100, 24_000), (16_000, 24_000), (8_000, 24_000),
        (24_000, 48_000), (24_000, 44_100), (24_000, 16_000), (24_000, 8_000),
    ];

    /// <summary>Largest less smallest gain up to .85, in dB.</summary>
    internal double RippleDb()
    {
        var gains = Sweep(.005, .85, tones).Select(f => Tone(f).GainDb).ToArray();
        return gains.Max() - gains.Min();
    }

    /// <summary>Gain at .9 in dB.</summary>
    internal double SoftEdgeDb() => Tone(.9).GainDb;

    /// <summary>Least rejection in dB of what lies between the two frequencies: aliases when going down, images going up.</summary>
    internal double RejectionDb(double from, double to)
    {
        if (inputRate > outputRate)
            return -Sweep(from, Math.Min(to, .995 * inputRate / outputRate), tones).Max(f => Tone(f).TotalDb);
        // The first image of a tone at f stands at 2 - f; what is left beside the tone counts every image.
        return -Sweep(Math.Max(2 - to, .005), 2 - from, tones).Max(f => Tone(f).RestDb);
    }

    /// <summary>Least ratio in dB of a tone to everything beside it, over tones up to .85.</summary>
    internal double SnrDb() => Sweep(.01, .85, tones).Min(f => Tone(f) is var t ? t.GainDb - t.RestDb : 0);

    /// <summary>Delay of a tone in output samples, from its phase.</summary>
    internal double DelayOutputSamples(double claimed)
    {
        const double Frequency = .1;
        var radians = Math.PI * Frequency * _nyquist * 2 / outputRate;
        var late = Tone(Frequency).Phase + radians * claimed;
        return claimed - Math.IEEERemainder(late, 2 * Math.PI) / radians;
    }

    internal static float[] Run(Resampler resampler, float[] input)
    {
        var output = new float[resampler.MaxOutput(input.Length)];
        var produced = resampler.Process(input, output);
        return output[..produced];
    }

    private static IEnumerable<double> Sweep(double from, double to, int steps) =>
        Enumerable.Range(0, steps + 1).Select(i => from + (to - from) * i / steps);

    // One tone through a fresh resampler; everything in dB of the tone that went in. The settling time is left out.
    private (double GainDb, double RestDb, double TotalDb, double Phase) Tone(double frequency)
    {
        var hertz = frequency * _nyquist;
        var resampler = new Resampler(inputRate, outputRate);
        var input = new float[inputRate / 10];
        for (var i = 0; i < input.Length; i++)
            input[i] = (float)(Amplitude * Math.Sin(2 * Math.PI * hertz / inputRate * i));
        var output = Run(resampler, input);
        var skip = outputRate / 50;
        var (sine, cosine) = Fit(output, skip, 2 * Math.PI * hertz / outputRate, out var rest, out var total);
        var gain = Math.Sqrt(sine * sine + cosine * cosine) / Amplitude;
        return (Db(gain), Db(rest / (Amplitude / Math.Sqrt(2))), Db(total / (Amplitude / Math.Sqrt(2))), Math.Atan2(cosine, sine));
    }

    private static (double Sine, double Cosine) Fit(float[] y, int skip, double radians, out double rest, out double total)
    {
        double ss = 0, sc = 0, cc = 0, ys = 0, yc = 0, yy = 0;
        for (var n = skip; n < y.Length; n++)
        {
            var (s, c) = Math.SinCos(radians * n);
            ss += s * s;
            sc += s * c;
            cc += c * c;
            ys += y[n] * s;
            yc += y[n] * c;
            yy += (double)y[n] * y[n];
        }

        var determinant = ss * cc - sc * sc;
        var (sine, cosine) = ((ys * cc - yc * sc) / determinant, (yc * ss - ys * sc) / determinant);
        var left = 0.0;
        for (var n = skip; n < y.Length; n++)
        {
            var (s, c) = Math.SinCos(radians * n);
            var error = y[n] - sine * s - cosine * c;
            left += error * error;
        }

        rest = Math.Sqrt(left / (y.Length - skip));
        total = Math.Sqrt(yy / (y.Length - skip));
        return (sine, cosine);
    }

    private static double Db(double ratio) => 20 * Math.Log10(ratio + 1e-15);
}
