using System.Globalization;

namespace EdgeVoice.Rig.Signals;

/// <summary>What became of a signal on its way.</summary>
/// <param name="Delay">Samples of the recording before the signal begins.</param>
/// <param name="GainDb">Level of the recording over the original.</param>
/// <param name="ErrorDb">What is in the recording besides the delayed, amplified original, against that; -100 when nothing is.</param>
/// <param name="GapMs">Where the original sounds and the recording is silent or shifted, in all.</param>
/// <param name="Pitch">Length of the original over that of the recording between its first and its last quarter: 1 when not bent.</param>
internal sealed record Comparison(int Delay, double GainDb, double ErrorDb, int GapMs, double Pitch)
{
    private const int Blocks = 100;   // a second: gaps are seen in steps of 10 ms
    private const double Lost = 0.25; // a block is gone when this share of its power is not the original's

    /// <summary>Finds a signal in a recording. Both mono, at the same rate.</summary>
    public static Comparison Of(ReadOnlySpan<short> sent, ReadOnlySpan<short> heard, int rate)
    {
        var (delay, _) = Alignment.Find(sent, heard, 0, heard.Length);
        var overlap = Math.Min(sent.Length, heard.Length - delay);
        double ss = 0, sh = 0, hh = 0;
        for (var i = 0; i < overlap; i++)
        {
            double s = sent[i], h = heard[delay + i];
            (ss, sh, hh) = (ss + s * s, sh + s * h, hh + h * h);
        }

        var gain = ss > 0 ? sh / ss : 0;
        var error = Math.Max(0, hh - gain * sh);
        return new Comparison(
            delay, Db(gain * gain), error <= 0 || gain == 0 ? -100 : Db(error / (gain * sh)),
            Gaps(sent, heard, delay, gain, rate), Bend(sent, heard, delay, rate));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"delay {Delay} samples, gain {GainDb:0.0} dB, error {ErrorDb:0.0} dB, gaps {GapMs} ms, pitch {Pitch:0.00000}");

    private static int Gaps(ReadOnlySpan<short> sent, ReadOnlySpan<short> heard, int delay, double gain, int rate)
    {
        var block = rate / Blocks;
        var missing = 0;
        var loud = Power(sent) / 10;
        for (var at = 0; at + block <= sent.Length; at += block)
        {
            var power = Power(sent.Slice(at, block));
            if (power < loud) continue;
            double wrong = 0;
            for (var i = at; i < at + block; i++)
            {
                var arrived = delay + i < heard.Length ? heard[delay + i] : 0;
                wrong += (arrived - gain * sent[i]) * (arrived - gain * sent[i]);
            }

            if (wrong / block > Lost * gain * gain * power || gain == 0) missing++;
        }

        return missing * 1000 / Blocks;
    }

    // The first and the last quarter are looked for near where they should be.
    private static double Bend(ReadOnlySpan<short> sent, ReadOnlySpan<short> heard, int delay, int rate)
    {
        var quarter = sent.Length / 4;
        if (quarter < rate / 20) return 1;
        var near = rate / 20;
        var first = Place(sent[..quarter], heard, delay, near);
        var last = Place(sent[^quarter..], heard, delay + sent.Length - quarter, near);
        return last == first ? 0 : (double)(sent.Length - quarter) / (last - first);
    }

    private static int Place(ReadOnlySpan<short> part, ReadOnlySpan<short> heard, int expected, int near)
    {
        var from = Math.Clamp(expected - near, 0, heard.Length);
        var to = Math.Clamp(expected + part.Length + near, from, heard.Length);
        return Alignment.Find(part, heard, from, to).At;
    }

    private static double Power(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (var sample in samples) sum += (double)sample * sample;
        return samples.IsEmpty ? 0 : sum / samples.Length;
    }

    private static double Db(double power) => power <= 1e-10 ? -100 : 10 * Math.Log10(power);
}
