namespace EdgeVoice.Rig.Signals;

/// <summary>What clicks: the part of a signal above a frequency.</summary>
internal static class HighBand
{
    private const int HalfTaps = 64;

    /// <summary>Highest peak of what lies above <paramref name="hz"/>, in dBFS.</summary>
    public static double PeakDb(ReadOnlySpan<short> samples, double hz, int rate)
    {
        var taps = Filter(hz / rate);
        double peak = 1e-9;
        for (var at = HalfTaps; at < samples.Length - HalfTaps; at++)
        {
            double sum = 0;
            for (var i = -HalfTaps; i <= HalfTaps; i++) sum += taps[i + HalfTaps] * samples[at + i];
            peak = Math.Max(peak, Math.Abs(sum) / 32_768);
        }

        return 20 * Math.Log10(peak);
    }

    // All that passes less a Blackman-windowed low pass.
    private static double[] Filter(double corner)
    {
        var taps = new double[2 * HalfTaps + 1];
        for (var i = -HalfTaps; i <= HalfTaps; i++)
        {
            var low = i == 0 ? 2 * corner : Math.Sin(2 * Math.PI * corner * i) / (Math.PI * i);
            var phase = Math.PI * i / HalfTaps;
            var window = 0.42 + 0.5 * Math.Cos(phase) + 0.08 * Math.Cos(2 * phase);
            taps[i + HalfTaps] = (i == 0 ? 1 : 0) - low * window;
        }

        return taps;
    }
}
